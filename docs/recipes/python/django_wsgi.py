"""wsgi.py of a Django project that tells what it asks of Kakao: two lines more than Django's own.

linkwatch_server_timing.py lies beside manage.py. In asgi.py it is the same with get_asgi_application and LinkwatchASGI.
"""

import os

from django.core.wsgi import get_wsgi_application
from linkwatch_server_timing import LinkwatchWSGI

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")

application = LinkwatchWSGI(get_wsgi_application())
