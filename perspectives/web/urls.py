"""Addresses of the pages: public and read-only, but for the tray of the browser, account/ and desk/."""

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter
from django.views.generic import RedirectView

from perspectives.web.argument_map import views as argument_map_views
from perspectives.web.browse import feed, for_programs, home, page_views, people_views, timeline_views
from perspectives.web.notices import own_notices
from perspectives.web.search import search_views
from perspectives.web.study import handouts, quiz, teach, tray, worksheet
from perspectives.web.suggestions import suggestion_views
from perspectives.web.topics import briefs, embeds
from perspectives.web.webhooks import webhook_views


class NumberConverter(IntConverter):
    """Takes the number of an edition as it is written in links: `01` would be another address of the same page."""

    regex = "0|[1-9][0-9]*"


register_converter(NumberConverter, "number")

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", page_views.about, name="about"),
    path("topics/", RedirectView.as_view(pattern_name="home", http_method_names=["get", "head"]), name="topics"),
    path("topics/<slug:slug>/", page_views.topic, name="topic"),
    path("topics/<slug:slug>/editions/", page_views.topic_editions, name="topic-editions"),
    path("topics/<slug:slug>/editions/<number:number>/", page_views.topic_edition, name="topic-edition"),
    path("topics/<slug:slug>/feed.atom", feed.topic_feed, name="topic-feed"),
    path("topics/<slug:slug>/brief/", briefs.topic_brief, name="topic-brief"),
    path("topics/<slug:slug>/brief.png", briefs.topic_brief_png, name="topic-brief-png"),
    path("topics/<slug:slug>/map/", argument_map_views.topic_map, name="topic-map"),
    path("topics/<slug:slug>/map.svg", argument_map_views.topic_map_svg, name="topic-map-svg"),
    path("topics/<slug:slug>/map.png", argument_map_views.topic_map_png, name="topic-map-png"),
    path("topics/<slug:slug>/handout/", handouts.handout, name="handout"),
    path("topics/<slug:slug>/handout.<slug:suffix>", handouts.handout_file, name="handout-file"),
    path("llms.txt", for_programs.llms, name="llms"),
    path("robots.txt", for_programs.robots, name="robots"),
    path("sitemap.xml", for_programs.sitemap, name="sitemap"),
    path("unapi/", for_programs.unapi, name="unapi"),
    path("feed.atom", feed.feed, name="feed"),
    path("topics/<slug:slug>/worksheet/", worksheet.worksheet, name="topic-worksheet"),
    path("topics/<slug:slug>/teach/", teach.teach, name="topic-teach"),
    path("topics/<slug:slug>/teach/<slug:name>.pdf", teach.paper, name="topic-paper"),
    path("article/", page_views.only_article, name="only-article"),
    path("articles/", page_views.articles, name="articles"),
    path("articles/<slug:slug>/", page_views.article, name="article"),
    path("articles/<slug:slug>/editions/", page_views.article_editions, name="article-editions"),
    path("articles/<slug:slug>/editions/<number:number>/", page_views.article_edition, name="article-edition"),
    path("sources/", page_views.sources, name="sources"),
    path("sources/<slug:key>/", page_views.source, name="source"),
    path("timeline/", timeline_views.timeline, name="timeline"),
    path("people/", people_views.people, name="people"),
    path("people/compare/", people_views.compare, name="people-compare"),
    path("people/<slug:slug>/", people_views.person, name="person"),
    path("search/", search_views.search, name="search"),
    path("tray/", tray.tray, name="tray"),
    path("tray/export/", tray.export, name="tray-export"),
    path("quiz/", quiz.quiz, name="quiz"),
    path("suggest/", suggestion_views.choose, name="suggest"),
    path("suggest/<slug:kind>/", suggestion_views.suggest, name="suggest-kind"),
    path("account/suggestions/", suggestion_views.own_list, name="account-suggestions"),
    path("account/suggestions/<int:number>/", suggestion_views.own_suggestion, name="account-suggestion"),
    path("account/webhooks/", webhook_views.webhook_list, name="account-webhooks"),
    path("account/webhooks/<int:number>/", webhook_views.webhook, name="account-webhook"),
    path("account/webhooks/<int:number>/remove/", webhook_views.webhook_remove, name="account-webhook-remove"),
    path("account/notices/", own_notices.notice_list, name="account-notices"),
    path("account/notices/read/", own_notices.read, name="account-notices-read"),
    path("account/notices/mail/", own_notices.mails, name="account-notices-mail"),
    path("account/unsubscribe/<str:token>/", own_notices.unsubscribe, name="account-unsubscribe"),
    path("", include("perspectives.web.classroom.urls")),
    path("", include("perspectives.web.lti.urls")),
    path("desk/", include("perspectives.web.desk.urls")),
    path("account/", include("perspectives.web.accounts.urls")),
    path("embed/topics/<slug:slug>/", embeds.topic, name="embed-topic"),
    path("embed/topics/<slug:slug>/editions/<number:number>/", embeds.topic, name="embed-topic-edition"),
    path("embed/topics/<slug:slug>/brief/", embeds.topic_brief, name="embed-topic-brief"),
    path("embed/topics/<slug:slug>/map/", embeds.topic_map, name="embed-topic-map"),
    path("embed/claims/<slug:topic>/<slug:claim>/", embeds.claim, name="embed-claim"),
]
