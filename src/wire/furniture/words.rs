//! The words by which furniture is known, folded.

/// What stands before a headline, folded, without its number.
pub(super) const HEADLINE_LABELS: [&str; 28] = [
    "brief",
    "analysis",
    "factbox",
    "exclusive",
    "feature",
    "timeline",
    "preview",
    "column",
    "insight",
    "focus",
    "explainer",
    "global markets",
    "update",
    "rpt",
    "refile",
    "wrapup",
    "corrected",
    "correction",
    "lead",
    "urgent",
    "breaking",
    "breaking news",
    "just in",
    "flash",
    "alert",
    "recast",
    "advisory",
    "writethru",
];

/// Lines for the desk, folded; those with more after them begin with one of these.
pub(super) const DESK: [&str; 19] = [
    "attn",
    "eds",
    "editors",
    "note to editors",
    "editor s note",
    "updates with",
    "recasts",
    "adds",
    "releads",
    "embargoed",
    "correcting",
    "corrects",
    "with photos",
    "refiles",
    "news provided by",
    "contact",
    "media contact",
    "press contact",
    "for more information",
];

pub(super) const PRESS_RELEASE: [&str; 9] = [
    "press release",
    "for immediate release",
    "news release",
    "comunicado de prensa",
    "nota de prensa",
    "comunicato stampa",
    "pressemitteilung",
    "communique de presse",
    "communiqué de presse",
];

/// What the number of a release begins with: the Regulatory News Service's of the London Stock Exchange. Where `RNS` signs a
/// dateline, it is the Religion News Service.
pub(super) const RELEASE_NUMBER: [&str; 1] = ["rns number"];

/// What the line of a picture begins with, folded.
pub(super) const PICTURE: [&str; 8] = [
    "photo by",
    "photo credit",
    "image credit",
    "file photo",
    "photograph by",
    "picture by",
    "image source",
    "representative image",
];

/// What credits begin with, folded.
pub(super) const CREDITS: [&str; 12] = [
    "reporting by",
    "additional reporting by",
    "writing by",
    "editing by",
    "edited by",
    "compiled by",
    "reporting and writing by",
    "reporting and editing by",
    "mit material von",
    "con informacion de",
    "con información de",
    "translated by",
];

/// The newsroom as credits name it, folded.
pub(super) const NEWSROOM: [&str; 4] = ["redacción", "redaccion", "redazione", "redaktion"];

/// How the paper's own people are named on lines of their own, folded.
pub(super) const OWN_DESK: [&str; 16] = [
    "admin",
    "staff",
    "our correspondent",
    "from our correspondent",
    "our staff reporter",
    "our bureau",
    "staff reporter",
    "staff report",
    "staff writer",
    "special correspondent",
    "monitoring desk",
    "news desk",
    "web desk",
    "agencies",
    "bureau report",
    "desk",
];

/// Folded end marks: those of signs alone are empty then.
pub(super) const END: [&str; 19] = [
    "lusa fim",
    "enditem",
    "30",
    "ends",
    "end",
    "nn",
    "nnnn",
    "xxx",
    "eom",
    "0",
    "item ends",
    "end item",
    "the end",
    "fin",
    "fine",
    "ende",
    "endit",
    "ndlr",
    "mth",
];

/// What says that others helped, folded.
pub(super) const INPUTS: [&str; 19] = [
    "the report has been published as part of",
    "purchase licensing rights",
    "source text for eikon",
    "rédigé par",
    "bei rückfragen",
    "bei ruckfragen",
    "legal disclaimer",
    "this information is provided by rns",
    "follow us on",
    "subscribe to our newsletter",
    "catch all the latest",
    "agencies contributed",
    "this story has not been edited",
    "this report is auto generated",
    "except for the headline",
    "this article was originally published",
    "this story was originally published",
    "con informacion de agencias",
    "our standards the thomson reuters",
];

/// The same, where a name follows.
pub(super) const INPUTS_FROM: [&str; 5] =
    ["with inputs from", "with input from", "inputs from", "with agency input", "with agency inputs"];

/// What points to other stories, folded.
pub(super) const POINTERS: [&str; 17] = [
    "tags",
    "read more",
    "also read",
    "read also",
    "see also",
    "also see",
    "more on this",
    "don t miss",
    "leggi anche",
    "lea tambien",
    "lea también",
    "lee tambien",
    "lee también",
    "lire aussi",
    "a lire aussi",
    "lesen sie auch",
    "mehr zum thema",
];

/// What points to other stories below a story, and begins a sentence elsewhere, folded.
pub(super) const WEAK_POINTERS: [&str; 8] = [
    "related",
    "watch",
    "recommended",
    "must read",
    "for more",
    "follow us on",
    "related stories",
    "related news",
];
