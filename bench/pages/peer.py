"""The least Django page that asks as many questions as ours and shows as many rows.

Served as `gunicorn peer:application`, with the database's place in PEER_DATABASE.
"""

import os
from collections import defaultdict

import django
from django.conf import settings

TEMPLATE = """<!doctype html><html lang="sv"><head><title>{{ agreement.title }}</title></head><body><main>
<h1>{{ agreement.title }}</h1><p>{{ agreement.municipality }}</p>
{% for clause, duties in clauses %}<section><h2>{{ clause.number }} {{ clause.heading }}</h2><p>{{ clause.body }}</p>
<ul>{% for duty, acts in duties %}<li>{{ duty.debtor }} {{ duty.due_on }}: {{ duty.says }}
{% for act in acts %}<a href="/record/{{ act.record_id }}">{{ act.done_on }}</a>{% endfor %}</li>{% endfor %}</ul></section>{% endfor %}
<table>{% for record in records %}<tr><td>{{ record.day }}</td><td>{{ record.number }}</td><td>{{ record.subject }}</td></tr>{% endfor %}</table>
</main></body></html>"""

settings.configure(
    DEBUG=False,
    SECRET_KEY="loopback only",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    LANGUAGE_CODE="sv",
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["PEER_DATABASE"], "CONN_MAX_AGE": None}},
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", {"page.html": TEMPLATE})])]
            },
        }
    ],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.shortcuts import get_object_or_404, render  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.cache import cache_page  # noqa: E402


class Agreement(models.Model):
    id = models.TextField(primary_key=True)
    title = models.TextField()
    municipality = models.TextField()

    class Meta:
        app_label, managed, db_table = "peer", False, "agreement"


class Clause(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE)
    number = models.TextField()
    heading = models.TextField()
    body = models.TextField()

    class Meta:
        app_label, managed, db_table = "peer", False, "clause"


class Duty(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE)
    clause = models.TextField()
    says = models.TextField()
    debtor = models.TextField()
    due_on = models.TextField()

    class Meta:
        app_label, managed, db_table = "peer", False, "duty"


class Act(models.Model):
    duty = models.ForeignKey(Duty, models.CASCADE)
    done_on = models.TextField()
    record_id = models.IntegerField()

    class Meta:
        app_label, managed, db_table = "peer", False, "act"


class Record(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE)
    number = models.TextField()
    subject = models.TextField()
    day = models.TextField()

    class Meta:
        app_label, managed, db_table = "peer", False, "record"


def page(request):
    """Five questions: the agreement, its clauses, its duties, their acts, its records."""
    agreement = get_object_or_404(Agreement, pk="0180")
    acts = defaultdict(list)
    for act in Act.objects.filter(duty__agreement=agreement).order_by("done_on"):
        acts[act.duty_id].append(act)
    duties = defaultdict(list)
    for duty in Duty.objects.filter(agreement=agreement).order_by("due_on", "id"):
        duties[duty.clause].append((duty, acts[duty.id]))
    clauses = [(clause, duties[clause.number]) for clause in Clause.objects.filter(agreement=agreement).order_by("id")]
    records = Record.objects.filter(agreement=agreement).order_by("-day", "id")
    return render(request, "page.html", {"agreement": agreement, "clauses": clauses, "records": records})


urlpatterns = [path("agreement", page), path("agreement/cached", cache_page(3600)(page))]
application = get_wsgi_application()
