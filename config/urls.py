"""Every address of the site, and which part answers it."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from blog.sitemaps import SITEMAPS
from blog.views import healthz, robots
from config import development_mail
from config.errors import not_found
from config.sign_in import SignIn

handler400 = "config.errors.bad_request"

urlpatterns = [
    path(settings.ADMIN_PATH.removeprefix("/"), admin.site.urls),
    path("desk/", include("comments.moderation.urls")),
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("healthz", healthz, name="healthz"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include("comments.urls")),
    path("", include("blog.urls")),
]
if settings.DEBUG:
    # Here and not on a public site, where these addresses are not even names.
    urlpatterns[:0] = development_mail.urlpatterns
    urlpatterns.append(path("<path:path>/", not_found))
