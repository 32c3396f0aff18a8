"""The platform of other people (lti1p3platform) launches, takes a choice back, gives a token, and takes a score."""

import json
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.utils import timezone
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request
from lti1p3platform.score import UpdateScoreStatus
from lti1p3platform.service_connector import AssignmentsGradesService

from perspectives.actions.lti import keys
from perspectives.models import LtiDeployment, LtiRegistration
from perspectives.queries.lti import registrations
from tests import factories
from tests.lti.serving import Serving

ROLES = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


class Config(LTI1P3PlatformConfAbstract):
    """One tool, which is ours."""

    def init_platform_config(self, **told):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        made = Registration().set_iss(told["address"]).set_client_id("tool-7").set_deployment_id("1")
        made.set_launch_url(f"{told['site']}/lti/launch/").set_deeplink_launch_url(f"{told['site']}/lti/launch/")
        made.set_oidc_login_url("/lti/login/")
        made.set_platform_private_key(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        ).set_platform_public_key(
            key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        )
        self._registration = made

    def get_registration_by_params(self, **_):
        return self._registration


class Login(OIDCLoginAbstract):
    def set_lti_message_hint(self, **_):
        self._lti_message_hint = "link-1"

    def get_redirect(self, url):
        return url


class Asked(Request):
    """A request, as the library reads one."""

    def build_metadata(self, request):
        return {"method": "GET", "form_data": {}, "get_data": {}, "headers": {}, "json": None, "path": "/", **request}


class Launch(LTIAdvantageMessageLaunchAbstract):
    def render_launch_form(self, launch_data, **_):
        return launch_data


class Grades(AssignmentsGradesService):
    """The book of the course: `scores` are those that were taken."""

    scores = ()
    find_lineitems = find_lineitem = create_lineitem = update_lineitem = delete_lineitem = get_results = None

    def update_score(self, line_item_id, score):
        Grades.scores = (*self.scores, (line_item_id, score))
        return UpdateScoreStatus.SUCCESS


class OtherPlatform(Serving):
    """Serves what a tool asks for with what the library makes."""

    def __init__(self, site):
        super().__init__()
        Grades.scores = ()
        self.config = Config(address=self.address, site=site)

    def get(self, _):
        return 200, {}, self.config.get_jwks()

    def post(self, request, body):
        if request.path == "/token":
            return 200, {}, self.config.get_access_token(dict(parse_qsl(body)))
        asked = Asked({"method": "POST", "headers": request.headers, "json": json.loads(body)})
        book = Grades(asked, self.config, f"{self.address}/items", f"{self.address}/items/1")
        told = book.handle_resp(book.handle_update_score, line_item_id="1")
        return told.code, {}, {"message": told.message}


@pytest.fixture
def other(lti, settings):
    made = OtherPlatform(lti.site)
    settings.LTI_INSIDE = [made.address]
    registered = LtiRegistration.objects.create(
        issuer=made.address, client_id="tool-7", name="Another", login_url=f"{made.address}/auth",
        token_url=f"{made.address}/token", jwks_url=f"{made.address}/jwks", made_at=timezone.now(),
    )  # fmt: skip
    LtiDeployment.objects.create(registration=registered, deployment_id="1")
    keys.renew()
    made.config.get_registration().set_tool_key_set({"keys": registrations.public_keys(timezone.now())})
    yield made
    made.close()


def launched(other, client, role, prepare):
    """Lead a browser through the login and the launch, as the library wants them, and give the page."""
    login = Login(Asked({}), other.config)
    login.set_lti_message_hint()
    answer = client.get(login.initiate_login("user-1"))
    asked = dict(parse_qsl(urlsplit(answer["Location"]).query))
    launch = Launch(Asked({"get_data": asked}), other.config)
    launch.set_user_data(
        "user-1", [f"{ROLES}{role}"], full_name="Never Kept", email_address="never.kept@school.example"
    )
    launch.set_resource_link_claim("link-1")
    launch.set_launch_context_claim("course-1", ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"])
    prepare(launch)
    form = launch.lti_launch()
    assert form["launch_url"] == asked["redirect_uri"]
    page = client.post("/lti/launch/", {"state": form["state"], "id_token": form["id_token"]})
    assert page.status_code == 200, page.content
    return page.content.decode()


def test_a_choice_is_launched_and_its_score_comes_back(other, client):
    page = launched(other, client, "Instructor", lambda launch: launch.set_dl(f"{other.address}/chosen"))
    choice = re.search(r'name="choice" value="([^"]+)"', page)[1]
    told = {"choice": choice, "what": "quiz", "topic": factories.TOPIC}
    page = client.post("/lti/choose/", told, headers=OWN_PAGE).content.decode()
    assert f'action="{other.address}/chosen"' in page
    [item] = other.config.validate_deeplinking_resp({"JWT": re.search(r'name="JWT" value="([^"]+)"', page)[1]})
    assert item["url"] == other.config.get_registration().get_launch_url()

    def linked(launch):
        launch.set_custom_parameters_claim(item["custom"])
        launch.set_ags(f"{other.address}/items", f"{other.address}/items/1")

    address = unescape(re.search(r'href="(/quiz/[^"]+)"', launched(other, client, "Learner", linked))[1])
    sheet = client.get(address).content.decode()
    name, value = re.search(r'type="radio" name="([^"]+)" value="([^"]+)"', sheet).groups()
    asked = {**dict(parse_qsl(urlsplit(address).query)), "done": "1", name: value}
    sending = unescape(re.search(r'action="(/lti/score/[^"]+)"', client.get("/quiz/", asked).content.decode())[1])
    answer = client.post(sending, headers=OWN_PAGE)
    assert answer.status_code == 200, answer.content
    [(line_item, score)] = Grades.scores
    assert (line_item, score["userId"], score["gradingProgress"]) == ("1", "user-1", "FullyGraded")
    assert 0 <= score["scoreGiven"] <= score["scoreMaximum"] == 100
