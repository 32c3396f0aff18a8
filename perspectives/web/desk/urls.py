"""Addresses of the desk, below desk/."""

from django.urls import path

from perspectives.web.desk.accounts import invitations, people
from perspectives.web.desk.articles import articles, guide_parts, picking
from perspectives.web.desk.discussion import discussion
from perspectives.web.desk.documents import citation_table, claim_table, drafts, editing, reordering, starting_sheet
from perspectives.web.desk.evidence import checks
from perspectives.web.desk.history import activity_log
from perspectives.web.desk.intake import intake_entry, intake_views
from perspectives.web.desk.publication import bundles, editions, proposals
from perspectives.web.desk.queues import audit, home, queues, statistics
from perspectives.web.desk.search import thesaurus
from perspectives.web.desk.sources import source_merging, source_table, sources
from perspectives.web.desk.suggestions import suggestion_decision, suggestions

urlpatterns = [
    path("", home.home, name="desk"),
    path("checks/", checks.check_queue, name="desk-checks"),
    path("checks/<int:number>/", checks.check, name="desk-check"),
    path("evidence/", queues.evidence_queue, name="desk-evidence"),
    path("gaps/", queues.gap_queue, name="desk-gaps"),
    path("audit/", audit.audit_queue, name="desk-audit"),
    path("stale/", queues.stale_queue, name="desk-stale"),
    path("proposals/waiting/", queues.proposal_queue, name="desk-proposals-waiting"),
    path("intake/waiting/", queues.intake_queue, name="desk-intake-waiting"),
    path("figures/", statistics.figures, name="desk-figures"),
    path("figures/<slug:table>.csv", statistics.table_file, name="desk-figures-file"),
    path("topics/", drafts.topic_list, name="desk-topics"),
    path("topics/+new/", drafts.new_topic, name="desk-topic-new"),
    path("topics/<slug:slug>/", drafts.draft, name="desk-topic"),
    path("topics/<slug:slug>/sheet/", starting_sheet.sheet, name="desk-topic-sheet"),
    path("topics/<slug:slug>/preview/", drafts.preview, name="desk-topic-preview"),
    path("topics/<slug:slug>/edit/<path:part>/", editing.edit, name="desk-topic-edit"),
    path("topics/<slug:slug>/add/<path:part>/", editing.add, name="desk-topic-add"),
    path("topics/<slug:slug>/claims/<slug:side>/", claim_table.several, name="desk-topic-claims"),
    path("topics/<slug:slug>/citations/", citation_table.citations, name="desk-topic-citations"),
    path("topics/<slug:slug>/remove/<path:part>/", reordering.remove, name="desk-topic-remove"),
    path("topics/<slug:slug>/move/<path:part>/", reordering.move, name="desk-topic-move"),
    path("topics/<slug:slug>/balance/<path:part>/", editing.measured, name="desk-topic-balance"),
    path("topics/<slug:slug>/propose/", proposals.propose, {"kind": "topic"}, name="desk-propose"),
    path("articles/", articles.article_list, name="desk-articles"),
    path("articles/+new/", articles.new_article, name="desk-article-new"),
    path("articles/<slug:slug>/", articles.article, name="desk-article"),
    path("articles/<slug:slug>/preview/", articles.preview, name="desk-article-preview"),
    path("articles/<slug:slug>/pick/", picking.pick, name="desk-article-pick"),
    path("articles/<slug:slug>/pick/<slug:passage>/", picking.pick_anew, name="desk-article-pick-anew"),
    path("articles/<slug:slug>/edit/<path:part>/", guide_parts.edit, name="desk-article-edit"),
    path("articles/<slug:slug>/add/<path:part>/", guide_parts.add, name="desk-article-add"),
    path("articles/<slug:slug>/remove/<path:part>/", guide_parts.remove, name="desk-article-remove"),
    path("articles/<slug:slug>/move/<path:part>/", guide_parts.move, name="desk-article-move"),
    path("articles/<slug:slug>/propose/", proposals.propose, {"kind": "article"}, name="desk-propose-article"),
    path("proposals/", proposals.proposals, name="desk-proposals"),
    path("proposals/<int:number>/", proposals.proposal, name="desk-proposal"),
    path("proposals/<int:number>/preview/", proposals.preview, name="desk-proposal-preview"),
    path("bundles/<int:number>/", bundles.bundle, name="desk-bundle"),
    path("topics/<slug:slug>/editions/", editions.edition_list, {"kind": "topic"}, name="desk-editions"),
    path("articles/<slug:slug>/editions/", editions.edition_list, {"kind": "article"}, name="desk-article-editions"),
    path("editions/<int:number>/restore/", editions.restore, name="desk-edition-restore"),
    path("editions/<int:number>/retract/", editions.retract, name="desk-edition-retract"),
    path("discussion/<slug:kind>/<int:number>/", discussion.discussion, name="desk-discussion"),
    path("discussion/<slug:kind>/<int:number>/assign/", discussion.assign, name="desk-discussion-assign"),
    path("comments/<int:number>/", discussion.comment, name="desk-comment"),
    path("comments/<int:number>/delete/", discussion.delete, name="desk-comment-delete"),
    path("history/", activity_log.history, name="desk-history"),
    path("history/<int:number>/", activity_log.entry, name="desk-history-entry"),
    path("sources/", sources.source_list, name="desk-sources"),
    path("sources/+new/", sources.source_new, name="desk-source-new"),
    path("sources/+table/", source_table.source_table, name="desk-source-table"),
    path("sources/<slug:key>/", sources.source, name="desk-source"),
    path("sources/<slug:key>/merge/", source_merging.source_merge, name="desk-source-merge"),
    path("sources/<slug:key>/deprecate/", sources.source_deprecate, name="desk-source-deprecate"),
    path("sources/<slug:key>/reinstate/", sources.source_reinstate, name="desk-source-reinstate"),
    path("sources/<slug:key>/editions/", bundles.choose, name="desk-source-editions"),
    path("sources/<slug:key>/undo/<int:entry>/", sources.source_undo, name="desk-source-undo"),
    path("suggestions/", suggestions.queue, name="desk-suggestions"),
    path("suggestions/decline/", suggestions.decline, name="desk-suggestions-decline"),
    path("suggestions/undo/", suggestions.undo, name="desk-suggestions-undo"),
    path("suggestions/<int:number>/", suggestion_decision.suggestion, name="desk-suggestion"),
    path("people/", people.people, name="desk-people"),
    path("people/<int:number>/", people.account, name="desk-person"),
    path("people/<int:number>/role/", people.change_role, name="desk-person-role"),
    path("people/<int:number>/close/", people.deactivate, name="desk-person-deactivate"),
    path("people/<int:number>/open/", people.reactivate, name="desk-person-reactivate"),
    path("people/<int:number>/erase/", people.erase, name="desk-person-erase"),
    path("people/<int:number>/keys/<int:key>/revoke/", people.revoke_key, name="desk-person-key-revoke"),
    path("invitations/", invitations.invitations, name="desk-invitations"),
    path("invitations/<int:number>/revoke/", invitations.revoke, name="desk-invitation-revoke"),
    path("thesaurus/", thesaurus.thesaurus, name="desk-thesaurus"),
    path("intake/", intake_views.batches, name="desk-intake"),
    path("intake/<int:number>/", intake_views.batch, name="desk-intake-batch"),
    path("intake/<int:number>/report.<str:suffix>", intake_views.report, name="desk-intake-report"),
    path("intake/<int:number>/add-ready/", intake_views.add_ready, name="desk-intake-add-ready"),
    path("intake/<int:number>/<int:entry>/", intake_entry.entry, name="desk-intake-entry"),
    path("intake/<int:number>/<int:entry>/merge/", intake_entry.merge, name="desk-intake-merge"),
    path("intake/<int:number>/<int:entry>/dismiss/", intake_entry.dismiss, name="desk-intake-dismiss"),
    path("intake/<int:number>/<int:entry>/retry/", intake_entry.retry, name="desk-intake-retry"),
]
