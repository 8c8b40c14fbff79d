"""The domains that a comment promotes: what somebody would have to register to be linked to.

The last two labels of a host, three below endings such as "co.uk", and the whole host where one company lets
everybody have a name under its own ("somebody.blogspot.com"). Sites that all kinds of people link to every
day promote nobody. The lists are short and by hand: the Public Suffix List is 15,000 lines to be kept up to
date, and a host cut one label too short or too long only makes this a little blinder.
"""

from comments.spam.text import links_in

# Of one comment; who promotes more is found by the others, or by their number.
MOST_DOMAINS = 10

# Below a country's ending these are no names but its second half.
_SECOND = "ac asn co com edu gen go gob gov govt gv id info ltd me mil ne net nhs nom or org plc sch"

# Names below these belong to different people.
_SHARED = """
    000webhostapp.com amazonaws.com appspot.com azurewebsites.net blogspot.com canalblog.com cloudfront.net
    firebaseapp.com github.io gitlab.io herokuapp.com home.blog jimdofree.com livejournal.com myshopify.com
    neocities.org netlify.app onrender.com over-blog.com pages.dev square.site squarespace.com strikingly.com
    substack.com tumblr.com vercel.app web.app webflow.io weebly.com wixsite.com wordpress.com workers.dev
"""

# Linked to by everybody. Shorteners too: they say nothing about where they lead.
_LINKED_BY_ALL = """
    amazon.com apple.com archive.org bbc.co.uk bbc.com bit.ly bsky.app doi.org dropbox.com facebook.com
    fb.com flickr.com garmin.com git.io github.com gmail.com goo.gl google.com imgur.com instagram.com is.gd
    komoot.com linkedin.com medium.com microsoft.com nature.com nhs.uk nih.gov openstreetmap.org parkrun.com
    parkrun.org.uk pinterest.com pubmed.gov reddit.com sciencedirect.com springer.com spotify.com strava.com
    t.co threads.net tiktok.com tinyurl.com twitch.tv twitter.com vimeo.com vk.com whatsapp.com who.int
    wikimedia.org wikipedia.org wiley.com x.com yahoo.com youtu.be youtube.com
"""

_SECOND_LEVEL = frozenset(_SECOND.split())
_SHARED_HOSTS = frozenset(_SHARED.split())
_EVERYBODYS = frozenset(_LINKED_BY_ALL.split())


def hosts_of(*texts: str) -> list[str]:
    """The hosts of all links in these texts, without "www.", each once and in their order."""
    hosts = (host.removeprefix("www.") for text in texts for host in links_in(text))
    return list(dict.fromkeys(host for host in hosts if host))


def promoted_domains(*texts: str) -> tuple[str, ...]:
    """The domains that links in these texts promote, each once, at most MOST_DOMAINS of them."""
    domains = dict.fromkeys(domain for host in hosts_of(*texts) if (domain := domain_of(host)))
    return tuple(domains)[:MOST_DOMAINS]


def domain_of(host: str) -> str:
    """The domain to remember for a host; "" when it promotes nobody, or is a name of one machine only."""
    labels = host.split(".")
    if ":" in host or labels[-1].isdecimal():
        return host
    registered = ".".join(labels[-3:] if _has_two_endings(labels) else labels[-2:])
    if registered in _EVERYBODYS or len(labels) < 2:
        return ""
    if _is_shared(registered):
        return host if host != registered else ""
    return registered


def _has_two_endings(labels: list[str]) -> bool:
    return len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL


def _is_shared(registered: str) -> bool:
    # Blogspot has an ending for each country.
    return registered in _SHARED_HOSTS or registered.startswith("blogspot.")
