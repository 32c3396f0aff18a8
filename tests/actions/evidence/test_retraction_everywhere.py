"""One run finds that a work was retracted; whatever tells of a topic that cites it says so, and so of quotations."""

import io
import json
import re
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from django.core.signing import Signer
from django.utils import timezone
from pypdf import PdfReader

from perspectives.actions.evidence import check_planning, check_reports, check_running, retraction_loading
from perspectives.actions.publication import datasets
from perspectives.actions.study import handouts
from perspectives.models import Check, Dataset, Handout, Source
from perspectives.queries.publication import published as reading
from perspectives.rules.formats.linked_data.shapes import shapes
from perspectives.rules.topics.brief import brief
from perspectives.vocab import CheckKind
from tests import factories, plain_references
from tests.actions.evidence import servers

pytestmark = pytest.mark.django_db
KEY = "pratt2018timber"
RETRACTED = "The publisher retracted this work on 2021-05-31"
FOUND = "These words were found in a file."
TOPIC = f"/topics/{factories.TOPIC}/"
PAGES = (
    *(TOPIC, f"{TOPIC}brief/", f"{TOPIC}map/", f"/sources/{KEY}/"),
    *(f"/embed{TOPIC}", f"/embed{TOPIC}brief/"),
)
API = f"/api/v1{TOPIC}"
RECORDS = (
    *(f"{API}checks/", f"/api/v1/sources/{KEY}/", f"/api/v1/sources/{KEY}.jsonld", f"{API[:-1]}.jsonld"),
    *(f"{API[:-1]}.ttl", "/api/v1/graph.jsonld"),
)


@pytest.fixture
def run(published, others, settings, client):
    """Let beat and a worker do within one run what they do; of quotations one was found in a file before."""
    plain_references.write(published[0])
    handouts.make_next()
    datasets.build()
    before = Dataset.objects.get()
    settings.EVIDENCE_CHECKS = frozenset({CheckKind.RETRACTION})
    servers.Handler.data_set = f"{servers.CSV_HEAD}1,10.5555/bridges.2018.14,,5/31/2021 0:00,Retraction,\n"
    times = dict.fromkeys(("planned_at", "due_at", "finished_at", "again_at"), timezone.now())
    for answer in brief(reading.topic_document(factories.TOPIC)[0]).answers:
        if quoted := answer.quotation:
            Check.objects.create(
                kind="quotation", source=Source.objects.get(key=quoted.source), quote=quoted.words, state="done",
                outcome="found", sentence=FOUND, is_current=True, **times,
            )  # fmt: skip
    retraction_loading.load()
    check_planning.sweep()
    check_running.run_for(seconds=60)
    check_reports.report(at_once=True)
    handouts.make_next()
    datasets.build()
    assert Dataset.objects.latest("pk").state != before.state, "its state names what it tells of checks"
    return client


def text_of(answer):
    return b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()


def answered_sheet(client):
    """Give the address of a sheet of the quiz with an answer to each question, any of them."""
    sheet = f"/quiz/?topic={factories.TOPIC}&sheet=1"
    choices = re.findall(r'type="radio" name="([^"]+)" value="([^"]+)"', text_of(client.get(sheet)))
    return f"{sheet}&done=1&{urlencode(dict(choices))}"


def test_whoever_reads_of_the_topic_learns_of_it(run):
    for place in (*PAGES, *RECORDS):
        answer = run.get(place)
        assert answer.status_code == 200, place
        assert RETRACTED in text_of(answer), place
    for place in (f"{TOPIC}?view=evidence", f"{TOPIC}brief/", f"/embed{TOPIC}brief/", f"{API[:-1]}.jsonld"):
        assert FOUND in text_of(run.get(place)), place
    tray = urlencode({"t": Signer(salt="perspectives.tray").sign(f"{factories.TOPIC}/s3")})
    for place in (f"/tray/?{tray}", f"/tray/export/?{tray}&as=md", answered_sheet(run)):
        assert RETRACTED in " ".join(text_of(run.get(place)).split()), place
    answered = run.get("/api/v1/answers/", {"topic": factories.TOPIC, "budget": "20000"}).json()["rows"]
    assert RETRACTED in json.dumps([row.get("source_notice") for row in answered])
    assert FOUND in json.dumps([row.get("quotation_check") for row in answered])
    quotations = [one["quotation"] for one in run.get(f"{API}brief/").json()["answers"] if "quotation" in one]
    assert {one["check"]["sentence"] for one in quotations} == {FOUND}
    made = Handout.objects.get(state="ready")
    printed = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.body)).pages)
    assert RETRACTED in " ".join(printed.split())
    with ZipFile(io.BytesIO(Dataset.objects.latest("pk").body)) as archive:
        told = [json.loads(line) for line in archive.read("checks.jsonl").splitlines()]
        assert RETRACTED in archive.read("graph.ttl").decode()
    assert {(one["source"], one["outcome"]) for one in told if one["kind"] == "retraction"} >= {(KEY, "retracted")}
    assert FOUND in {one["sentence"] for one in told}
    assert "checkOutcome-retracted" in shapes("https://kb.example")
