"""The tests' settings for a worker process of its own: the test's database, a mail server that the test
plays, and little patience. The test says where they are.
"""

import os
from datetime import timedelta

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, INSTALLED_APPS

DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "zeal"]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["WORKER_MAIL_PORT"])
WORK_PATIENCE = timedelta(seconds=float(os.environ["WORKER_PATIENCE"]))
