//! What the agreement is about, in its own words: areas, forums, principles, costs, laws.

use sinetti_projections::acts::AgreementOpened;
use sinetti_projections::acts::rules::{Basis, EntryIntoForce, Share, Term};
use sinetti_projections::registry::Registry;
use sinetti_projections::status::Status;

use crate::i18n::{Titled, Words, date, names, t};

/// What the agreement itself says.
pub(super) struct Content {
    pub areas: Vec<Area>,
    pub lists: Vec<List>,
}

/// An interface area.
pub(super) struct Area {
    pub name: Titled,
    pub goal: Option<Titled>,
}

/// A list with its heading.
pub(super) struct List {
    pub name: String,
    pub items: Vec<Titled>,
}

/// When the agreement is in force, in plain words.
pub(super) struct Rule {
    pub words: String,
    /// Whether the text states it or it is assumed.
    pub basis: String,
    /// The text's words, or why it is assumed.
    pub source: Titled,
    pub term: String,
}

impl Content {
    /// None where the opening says nothing of it.
    pub fn of(opened: &AgreementOpened, w: Words) -> Option<Content> {
        let areas = opened.interface_areas.iter().map(|area| Area {
            name: Titled::of(w.0, &area.names),
            goal: area.goal.as_ref().map(|goal| Titled::of(w.0, goal)),
        });
        let content = Content { areas: areas.collect(), lists: lists(opened, w) };
        if content.areas.is_empty() && content.lists.is_empty() { None } else { Some(content) }
    }
}

impl Rule {
    /// The rule of a status.
    pub fn of(status: &Status, registry: &Registry, w: Words) -> Rule {
        let total = ("total", status.parties_total.into());
        let words = match &status.rule.entry_into_force {
            EntryIntoForce::AllApproved {} => t(w.0, "rule-all-approved", &[total]),
            EntryIntoForce::AllApprovedAndSigned {} => t(w.0, "rule-all-approved-and-signed", &[total]),
            EntryIntoForce::EachWhenApprovedAndSigned { hub } => {
                let hub = names::party(w.0, registry, hub, status.on).text;
                w.with("rule-each-when-approved-and-signed", "hub", hub)
            }
            EntryIntoForce::Threshold { parties, population, signatures } => {
                let signatures = if *signatures { "yes" } else { "no" };
                let population = population.map_or(String::new(), |share| share_words(share, w));
                let args = [
                    ("parties", share_words(*parties, w).into()),
                    ("population", if population.is_empty() { "none".into() } else { population.into() }),
                    ("signatures", signatures.into()),
                    total,
                ];
                t(w.0, "rule-threshold", &args)
            }
        };
        let basis = match status.rule.basis {
            Basis::Stated => "rule-stated",
            Basis::Assumed => "rule-assumed",
        };
        Rule { words, basis: w.get(basis), source: finnish(&status.rule.source), term: term(&status.opening.term, w) }
    }
}

/// A share in words: "at least 2/3", "more than 1/2".
pub(super) fn share_words(share: Share, w: Words) -> String {
    let id = if share.more_than { "share-more-than" } else { "share-at-least" };
    let fraction = format!("{}/{}", share.numerator, share.denominator);
    w.with(id, "fraction", fraction)
}

fn term(term: &Term, w: Words) -> String {
    match term {
        Term::Fixed { until } => w.with("rule-term-fixed", "date", date(w.0, *until)),
        Term::Unknown {} => w.get("rule-term-unknown"),
        Term::UntilFurtherNotice {} => w.get("rule-term-until-further-notice"),
    }
}

fn lists(opened: &AgreementOpened, w: Words) -> Vec<List> {
    let list = |id: &str, items: Vec<Titled>| List { name: w.get(id), items };
    let lists = [
        list("content-forums", opened.forums.iter().flat_map(|forum| forum_words(forum, w)).collect()),
        list("content-principles", opened.principles.iter().map(|words| Titled::of(w.0, words)).collect()),
        list("content-costs", opened.cost_rule.iter().map(|words| Titled::of(w.0, words)).collect()),
        list("content-laws", opened.legal_bases.iter().map(|line| Titled::own(w.0, line.as_str())).collect()),
        list("content-sources", opened.sources.iter().map(|line| finnish(line)).collect()),
    ];
    lists.into_iter().filter(|list| !list.items.is_empty()).collect()
}

/// Its name, with how often it meets and who sits in it where the text says so.
fn forum_words(forum: &sinetti_projections::acts::forum::Forum, w: Words) -> Option<Titled> {
    let name = Titled::of(w.0, &forum.names);
    let more = [&forum.how_often, &forum.composition];
    let more: Vec<String> = more.into_iter().flatten().map(|words| Titled::of(w.0, words).text).collect();
    let text = if more.is_empty() { name.text } else { format!("{}: {}", name.text, more.join("; ")) };
    Some(Titled { lang: name.lang, text })
}

/// Words that stand as the agreement or its source wrote them.
fn finnish(text: &str) -> Titled {
    Titled { lang: "fi", text: text.to_owned() }
}
