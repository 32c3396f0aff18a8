"""Addresses of the desk's resources and of one's own (suggestions, webhooks, notices, classes, account)."""

from django.urls import path

from perspectives.api.desk import history, own_account
from perspectives.api.desk.classroom import activities, classes
from perspectives.api.desk.documents import articles, drafts
from perspectives.api.desk.intake import intakes
from perspectives.api.desk.notices import notices
from perspectives.api.desk.publication import archiving, bundles, editions, proposals
from perspectives.api.desk.sources import confirmations, sources
from perspectives.api.desk.suggestions import own_suggestions, suggestions
from perspectives.api.desk.webhooks import webhooks
from perspectives.api.schema.about import DeskSchemaView

urlpatterns = [
    path("schema/", DeskSchemaView.as_view(), name="desk-schema"),
    path("topics/", drafts.DraftListView.as_view(), name="desk-topics"),
    path("topics/<slug:slug>/", drafts.DraftView.as_view(), name="desk-topic"),
    path("topics/<slug:slug>/parts/<path:part>/", drafts.DraftPartView.as_view(), name="desk-part"),
    path("topics/<slug:slug>/moves/", drafts.DraftMoveView.as_view(), name="desk-moves"),
    path("topics/<slug:slug>/proposals/", proposals.TopicProposalView.as_view(), name="desk-topic-proposals"),
    path("topics/<slug:slug>/editions/", editions.TopicDraftEditionListView.as_view(), name="desk-topic-editions"),
    path("topics/<slug:slug>/archiving/", archiving.TopicArchivingView.as_view(), name="desk-topic-archiving"),
    path(
        "topics/<slug:slug>/reinstatement/", archiving.TopicReinstatementView.as_view(), name="desk-topic-reinstatement"
    ),
    path("articles/", articles.ArticleListView.as_view(), name="desk-articles"),
    path("articles/<slug:slug>/", articles.ArticleDraftView.as_view(), name="desk-article"),
    path("articles/<slug:slug>/parts/<path:part>/", articles.ArticlePartView.as_view(), name="desk-article-part"),
    path("articles/<slug:slug>/moves/", articles.ArticleMoveView.as_view(), name="desk-article-moves"),
    path("articles/<slug:slug>/picks/", articles.PassagePickView.as_view(), name="desk-article-picks"),
    path("articles/<slug:slug>/proposals/", proposals.ArticleProposalView.as_view(), name="desk-article-proposals"),
    path("articles/<slug:slug>/archiving/", archiving.ArticleArchivingView.as_view(), name="desk-article-archiving"),
    path(
        "articles/<slug:slug>/reinstatement/",
        archiving.ArticleReinstatementView.as_view(),
        name="desk-article-reinstatement",
    ),
    path(
        "articles/<slug:slug>/editions/",
        editions.ArticleDraftEditionListView.as_view(),
        name="desk-article-editions",
    ),
    path("proposals/", proposals.ProposalListView.as_view(), name="desk-proposals"),
    path("proposals/<int:proposal>/", proposals.ProposalView.as_view(), name="desk-proposal"),
    path("bundles/", bundles.BundleListView.as_view(), name="desk-bundles"),
    path("bundles/<int:bundle>/", bundles.BundleView.as_view(), name="desk-bundle"),
    path("editions/<int:edition>/restoration/", editions.EditionRestorationView.as_view(), name="desk-restoration"),
    path("editions/<int:edition>/retraction/", editions.EditionRetractionView.as_view(), name="desk-retraction"),
    path("suggestions/", suggestions.SuggestionListView.as_view(), name="desk-suggestions"),
    path("suggestions/<int:suggestion>/", suggestions.SuggestionView.as_view(), name="desk-suggestion"),
    path(
        "suggestions/<int:suggestion>/decision/",
        suggestions.SuggestionDecisionView.as_view(),
        name="desk-suggestion-decision",
    ),
    path("sources/", sources.SourceListView.as_view(), name="desk-sources"),
    path("sources/<slug:key>/", sources.SourceView.as_view(), name="desk-source"),
    path("sources/<slug:key>/standing/", sources.SourceStandingView.as_view(), name="desk-source-standing"),
    path("sources/<slug:key>/deprecation/", sources.SourceDeprecationView.as_view(), name="desk-source-deprecation"),
    path(
        "sources/<slug:key>/reinstatement/", sources.SourceReinstatementView.as_view(), name="desk-source-reinstatement"
    ),
    path("sources/<slug:key>/open-copy/", sources.SourceOpenCopyView.as_view(), name="desk-source-open-copy"),
    path("sources/<slug:key>/merge/", sources.SourceMergeView.as_view(), name="desk-source-merge"),
    path(
        "sources/<slug:key>/confirmations/",
        confirmations.ConfirmationListView.as_view(),
        name="desk-source-confirmations",
    ),
    path(
        "sources/<slug:key>/confirmations/<int:number>/",
        confirmations.ConfirmationView.as_view(),
        name="desk-source-confirmation",
    ),
    path("sources/<slug:key>/bundles/", bundles.SourceBundleView.as_view(), name="desk-source-bundles"),
    path("intakes/", intakes.IntakeListView.as_view(), name="desk-intakes"),
    path("intakes/<int:intake>/", intakes.IntakeBatchView.as_view(), name="desk-intake"),
    path("intakes/<int:intake>/additions/", intakes.IntakeAdditionView.as_view(), name="desk-intake-additions"),
    path("intakes/<int:intake>/entries/", intakes.IntakeEntryListView.as_view(), name="desk-intake-entries"),
    path("intakes/<int:intake>/entries/<int:entry>/", intakes.IntakeEntryView.as_view(), name="desk-intake-entry"),
    path("history/", history.ActionListView.as_view(), name="desk-history"),
    path("history/<int:entry>/", history.ActionView.as_view(), name="desk-action"),
    path("history/<int:entry>/revert/", history.RevertView.as_view(), name="desk-revert"),
]
of_readers = [
    path("", own_suggestions.OwnSuggestionListView.as_view(), name="own-suggestions"),
    path("<int:suggestion>/", own_suggestions.OwnSuggestionView.as_view(), name="own-suggestion"),
    path("<int:suggestion>/answer/", own_suggestions.SuggestionAnswerView.as_view(), name="own-suggestion-answer"),
    path(
        "<int:suggestion>/withdrawal/",
        own_suggestions.SuggestionWithdrawalView.as_view(),
        name="own-suggestion-withdrawal",
    ),
]
"""Of whoever suggests; they stand beside the desk, since readers have no way into it."""
of_webhooks = [
    path("", webhooks.WebhookListView.as_view(), name="own-webhooks"),
    path("<int:webhook>/", webhooks.WebhookView.as_view(), name="own-webhook"),
    path("<int:webhook>/resumption/", webhooks.WebhookResumptionView.as_view(), name="own-webhook-resumption"),
    path("<int:webhook>/tests/", webhooks.WebhookTestView.as_view(), name="own-webhook-tests"),
    path("<int:webhook>/deliveries/", webhooks.DeliveryListView.as_view(), name="own-webhook-deliveries"),
    path("<int:webhook>/deliveries/<int:delivery>/", webhooks.DeliveryView.as_view(), name="own-webhook-delivery"),
    path(
        "<int:webhook>/deliveries/<int:delivery>/repetition/",
        webhooks.DeliveryRepetitionView.as_view(),
        name="own-webhook-repetition",
    ),
]
"""Of whoever has addresses told of what happens."""
of_notices = [
    path("", notices.NoticeListView.as_view(), name="own-notices"),
    path("reading/", notices.NoticeReadingView.as_view(), name="own-notices-reading"),
    path("mails/", notices.NoticeMailsView.as_view(), name="own-notices-mails"),
]
"""Of whoever is told of what happens at the desk."""
_ACTIVITY = "<int:classroom>/activities/<int:activity>/"
of_classes = [
    path("", classes.ClassListView.as_view(), name="own-classes"),
    path("<int:classroom>/", classes.ClassView.as_view(), name="own-class"),
    path("<int:classroom>/stop/", classes.ClassStopView.as_view(), name="own-class-stop"),
    path("<int:classroom>/groups/", classes.ClassGroupsView.as_view(), name="own-class-groups"),
    path("<int:classroom>/copies/", classes.ClassCopiesView.as_view(), name="own-class-copies"),
    path("<int:classroom>/activities/", classes.ClassActivitiesView.as_view(), name="own-class-activities"),
    path(_ACTIVITY, activities.ActivityView.as_view(), name="own-class-activity"),
    path(f"{_ACTIVITY}phase/", activities.ActivityPhaseView.as_view(), name="own-class-phase"),
    path(f"{_ACTIVITY}feedback/", activities.ActivityFeedbackView.as_view(), name="own-class-feedback"),
    path(f"{_ACTIVITY}release/", activities.ActivityReleaseView.as_view(), name="own-class-release"),
]
"""Of whoever teaches; pupils have no way into the API."""
of_account = [path("", own_account.OwnAccountView.as_view(), name="own-account")]
"""Of whoever has an account."""
