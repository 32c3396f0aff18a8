"""A learning platform with pages of its own: a course that shows what its link opens in a frame, or in a new tab."""

from html import escape
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from tests.lti.platform import CLIENT, Platform

_PAGE = """<!doctype html><html lang="en"><title>A course</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>body {{ margin: 0 }} iframe {{ width: 100%; height: 2400px; border: 0 }}</style>{}</html>"""
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Course(Platform):
    """Its link launches our site at `site` with the claims of `launch`; `chosen` is what came back of choices."""

    def __init__(self, site):
        self.site, self.launch, self.chosen = site, {}, []
        super().__init__()

    def link(self, user, way="frame"):
        """Give the address of the page on which the link stands, for somebody who is signed in as this user."""
        return f"{self.address}/{way}?{urlencode({'user': user})}"

    def get(self, request):
        parts = urlsplit(request.path)
        asked = dict(parse_qsl(parts.query))
        if parts.path == "/jwks":
            return super().get(request)
        if parts.path == "/cookies":
            cookies = [("plain", "None"), ("own", "None; Partitioned")]
            said = f"<p>Kept: {escape(request.headers.get('Cookie', 'none'))}</p>"
            headers = [("Set-Cookie", f"{name}=1; Secure; SameSite={value}") for name, value in cookies]
            return 200, [*HTML.items(), *headers], _PAGE.format(said).encode()
        return 200, HTML, _PAGE.format(getattr(self, f"_{parts.path[1:]}")(asked)).encode()

    def post(self, request, body):
        self.chosen += parse_qs(body)["JWT"]
        return 200, HTML, _PAGE.format("<h1>It stands in the course</h1>").encode()

    def _frame(self, asked):
        return f'<iframe title="The link" src="{escape(self._login(asked))}"></iframe>'

    def _tab(self, asked):
        return f'<a href="{escape(self._login(asked))}" target="_blank">The link</a>'

    def _elsewhere(self, asked):
        return f'<iframe title="Elsewhere" src="{escape(asked["address"])}"></iframe>'

    def _login(self, asked):
        told = {"iss": self.address, "client_id": CLIENT, "login_hint": asked["user"]}
        return f"{self.site}/lti/login/?{urlencode({**told, 'target_link_uri': f'{self.site}/lti/launch/'})}"

    def _auth(self, asked):
        token = self.token(self.claims(asked["nonce"], self.site, **{**self.launch, "sub": asked["login_hint"]}))
        fields = {"state": asked["state"], "id_token": token}
        inputs = "".join(f'<input type="hidden" name="{name}" value="{escape(said)}">' for name, said in fields.items())
        address = escape(asked["redirect_uri"])
        return f'<form method="post" action="{address}">{inputs}</form><script>document.forms[0].submit()</script>'
