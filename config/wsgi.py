"""The WSGI application that gunicorn serves. It does not start with settings that would be unsafe."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

from config.checks import refuse_unsafe_start  # noqa: E402  (models can be read only after set-up)
from lib.encoding import read_as_utf8  # noqa: E402
from lib.release import release  # noqa: E402

refuse_unsafe_start()
application = read_as_utf8(django_application)
# Read now: later the files may be those of the next release, while this process still runs the old code.
release()
