"""The acts a viewer can request, and the kind of thing each is done to."""

from __future__ import annotations

from enum import Enum

from duecare.access.thing import CaseThing, FileThing, PersonThing, Plain


class Act(Enum):
    """What the viewer wants to do, and to what.

    Shape:   each act's value is (name, what it is in words, the thing it is done to).
    """

    READ_FRONT = ("read front", "see the front page", Plain.FRONT)
    READ_LATE_NOW = ("read late now", "see how much is late now, in figures", Plain.LATE_NOW)
    READ_WORKLIST = ("read worklist", "see the worklist, limited to the cases they may open", Plain.WORKLIST)
    READ_VISITS = ("read visits", "see the board of visits, limited to the people they may open", Plain.BOARD_VISITS)
    READ_CUSTODY = (
        "read custody",
        "see the board of children in custody, limited to those they may open",
        Plain.BOARD_CUSTODY,
    )
    READ_FINDINGS = ("read findings", "list findings, limited to the cases they may open", Plain.FINDINGS)
    TRY_STANDARD = (
        "try standard",
        "try a draft of the force's own standard on past facts, in figures",
        Plain.STANDARDS,
    )
    OPEN_CASE = ("open case", "open a case", CaseThing)
    OPEN_PERSON = ("open person", "open a person", PersonThing)
    SEARCH = ("search", "search for people, limited to those they may open", Plain.PEOPLE)
    SEARCH_GUARDED = ("search guarded", "search by online name and protected address too", Plain.PEOPLE)
    NOTE_PERSON = (
        "note person",
        "record a new person, after a search, and an unborn child's birth",
        Plain.PEOPLE,
    )
    READ_DELIVERIES = ("read deliveries", "see deliveries and the rows that were set aside", Plain.DELIVERIES)
    RECEIVE = ("receive", "receive a delivery", Plain.DELIVERIES)
    EXPORT_SET_ASIDE = ("export set aside", "export rows that were set aside, to correct them", Plain.DELIVERIES)
    LINK = ("link", "link records to people", Plain.PEOPLE)
    JUDGE_LINK = (
        "judge link",
        "judge whether two records are of one person where they may open both, and withdraw a judgement",
        PersonThing,
    )
    READ_JUDGEMENTS = (
        "read judgements",
        "see judgements of links, limited to the people they may open",
        Plain.PEOPLE,
    )
    READ_PAIRS = (
        "read pairs",
        "see which pairs of records to check next, limited to the people they may open",
        Plain.PEOPLE,
    )
    SAMPLE_LINKS = ("sample links", "draw pairs of records at random, to measure the error of linkage", Plain.PEOPLE)
    ANSWER_PAIR = (
        "answer pair",
        "answer whether two records drawn at random are of one person, where they may open both, without seeing other answers",
        PersonThing,
    )
    READ_DISCLOSED = (
        "read disclosed",
        "see who was shown or given information based on a withdrawn link",
        Plain.LEDGER,
    )
    EXPORT_PEOPLE = ("export people", "export which record belongs to which person", Plain.PEOPLE)
    ASSESS = ("assess", "assess the findings again", Plain.FINDINGS)
    READ_TOTALS = ("read totals", "see published totals", Plain.PUBLISHED_TOTALS)
    IMPORT_TOTALS = ("import totals", "import published totals", Plain.PUBLISHED_TOTALS)
    READ_ROUNDS = ("read rounds", "see the progress of rounds, without grades", Plain.ROUNDS)
    LEAD_ROUND = (
        "lead round",
        "open a round, plan it, commit to a number, draw, name their side's graders and allot",
        Plain.ROUNDS,
    )
    READ_SAMPLE = ("read sample", "see which files were allotted to them", Plain.SAMPLE)
    GRADE_FILE = ("grade file", "read a file allotted to them as known at the draw, and grade it", FileThing)
    OPEN_GRADES = ("open grades", "open their own side's grades with its key", Plain.GRADES)
    COMPARE = ("compare", "compare grades that both sides have opened", Plain.GRADES)
    RECONCILE = ("reconcile", "record what a third grader or a meeting decided", Plain.GRADES)
    IMPORT_GRADES = ("import grades", "import grades from audits run elsewhere", Plain.GRADES)
    EXPORT_GRADES = ("export grades", "export grades that both sides have opened", Plain.GRADES)
    REFER_BACK = ("refer back", "send a file allotted to them back because a child is still at risk", FileThing)
    READ_REFERRALS = (
        "read referrals",
        "see which cases were referred back, limited to the cases they may open",
        Plain.REFERRALS,
    )
    ANSWER_REFERRAL = (
        "answer referral",
        "acknowledge a case referred back, and record what was done and what the revisit found",
        CaseThing,
    )
    CONFIRM_SEEN = (
        "confirm seen",
        "confirm, independently of who acted, that the child of a case referred back was seen",
        Plain.REFERRALS,
    )
    REVIEW_FILE = ("review file", "record the errors of a single-file review, and whom each wronged", FileThing)
    ANSWER_ERROR = ("answer error", "answer an error found in a case they may open, before it is final", CaseThing)
    READ_ACCOUNTABLE = ("read accountable", "see who is accountable for what, and what is vacant", Plain.ACCOUNTABLE)
    NAME_ACCOUNTABLE = (
        "name accountable",
        "name who is accountable for a duty, borough or recommendation",
        Plain.ACCOUNTABLE,
    )
    SIGN_OFF = ("sign off", "sign off, by name and date, what they are accountable for", Plain.ACCOUNTABLE)
    READ_RECOMMENDATIONS = ("read recommendations", "see the register of recommendations", Plain.RECOMMENDATIONS)
    MAKE_RECOMMENDATION = ("make recommendation", "make a recommendation, or give advice", Plain.RECOMMENDATIONS)
    ANSWER_RECOMMENDATION = (
        "answer recommendation",
        "accept a recommendation with its test, record actions and evidence, reply, and claim it done",
        Plain.RECOMMENDATIONS,
    )
    VERIFY_RECOMMENDATION = (
        "verify recommendation",
        "decide, independently of who claimed it, whether a recommendation's test was passed",
        Plain.RECOMMENDATIONS,
    )
    IMPORT_RECOMMENDATIONS = (
        "import recommendations",
        "import a register of recommendations from elsewhere",
        Plain.RECOMMENDATIONS,
    )
    READ_FIGURES = ("read figures", "see figures, those of children as they were published", Plain.FIGURES)
    OPEN_FIGURE = (
        "open figure",
        "open the list that a figure counts, limited to the cases they may open",
        Plain.FIGURES,
    )
    TAKE_SNAPSHOT = (
        "take snapshot",
        "save the figures of a period with the data they were counted from",
        Plain.FIGURES,
    )
    RECOMPUTE_FIGURE = ("recompute figure", "work out one figure again from its snapshot", Plain.FIGURES)
    EXPLAIN_DIFFERENCE = (
        "explain difference",
        "explain a difference between groups, by name, or state what will change",
        Plain.FIGURES,
    )
    READ_OVERSIGHT = ("read oversight", "see boroughs side by side, and what changed", Plain.OVERSIGHT)
    ASK_QUESTION = ("ask question", "ask the force a question", Plain.OVERSIGHT)
    ANSWER_QUESTION = ("answer question", "answer a question to the force", Plain.OVERSIGHT)
    RECORD_MEETING = ("record meeting", "record a meeting's minutes and actions", Plain.OVERSIGHT)
    READ_RELEASES = ("read releases", "see what was published", Plain.RELEASES)
    READ_DRAFTS = ("read drafts", "see a release early, where named on its list", Plain.RELEASES)
    DRAFT_RELEASE = ("draft release", "draft a release or a correction, and set its release time", Plain.RELEASES)
    CHECK_RELEASE = ("check release", "check a release that another drafted", Plain.RELEASES)
    ANSWER_RELEASE = ("answer release", "answer once for the force on a draft's factual accuracy", Plain.RELEASES)
    VERIFY_LEDGER = ("verify ledger", "have the ledger verified, and see its head", Plain.LEDGER)
    READ_LEDGER = ("read ledger", "read the ledger's entries", Plain.LEDGER)
    ANCHOR_LEDGER = ("anchor ledger", "sign the ledger's head, for others to store", Plain.LEDGER)
    ENROL = ("enrol", "enrol an account in a role", Plain.ACCOUNTS)
    READ_DIGEST = ("read digest", "read the digest of everything stored", Plain.DIGEST)

    @property
    def title(self) -> str:
        """The act's name in a few words."""
        return str(self.value[0])

    @property
    def words(self) -> str:
        """The words for the act, to follow "they may"."""
        return str(self.value[1])

    def is_done_to(self, thing: CaseThing | PersonThing | FileThing | Plain) -> bool:
        """Whether this is the kind of thing that the act is done to."""
        target = self.value[2]
        return thing is target if isinstance(target, Plain) else isinstance(thing, target)
