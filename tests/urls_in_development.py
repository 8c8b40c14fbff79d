"""The site's addresses as `config.urls` has them where DEBUG is on."""

from django.urls import path

from config import development_mail
from config.errors import not_found
from config.urls import urlpatterns as production

urlpatterns = [*development_mail.urlpatterns, *production, path("<path:path>/", not_found)]
