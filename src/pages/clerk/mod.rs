//! `/{lang}/clerk`: the desk at which a party's clerk says what happened. The server renders the forms from the types'
//! own schemas; composing, signing and checking receipts is the browser's, and no private key ever comes here.

mod form;
mod guides;
mod keys;
mod menu;
mod offered;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value};
use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_projections::acts::TypeInfo;

use super::check::Trust;
use super::problem::Problem;
use super::shell::{self, Shell};
use super::{assets, verifier};
use crate::i18n::{self, Lang, Words};
use crate::ledger::Ledger;
use form::Field;
use guides::Guide;
use keys::Keys;
use menu::{Awaiting, Group};
use offered::{Choice, Offered};

/// What was chosen so far; a form sends an empty field for what is not.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    agreement: String,
    #[serde(default)]
    party: String,
    #[serde(default)]
    act: String,
    /// The record that it is about, by version.
    #[serde(default)]
    about: String,
}

#[derive(Template)]
#[template(path = "clerk/page.html")]
struct Page {
    w: Words,
    shell: Shell,
    trust: Trust,
    agreements: Vec<Choice>,
    parties: Vec<Choice>,
    chosen: Option<Chosen>,
}

/// A party in an agreement, and what it can say there.
struct Chosen {
    agreement: String,
    party: String,
    named: String,
    awaiting: Vec<Awaiting>,
    menu: Vec<Group>,
    act: Option<Act>,
    /// Its keys; beside the menu, and out of the way of a form.
    keys: Option<Keys>,
    guides: Vec<Guide>,
}

/// The form of one type.
struct Act {
    kind: &'static str,
    title: String,
    help: Option<String>,
    first: Vec<Field>,
    more: Vec<Field>,
}

impl Page {
    /// What the desk's script says, by short name, as JSON.
    fn words(&self) -> String {
        let said = i18n::starting_with(self.w.0, "clerk-say-");
        let member = |(name, text): (String, String)| (name, Value::from(text));
        Value::Object(said.into_iter().map(member).collect::<Map<_, _>>()).to_string()
    }

    fn types(&self) -> String {
        verifier::types()
    }
}

/// `GET /{lang}/clerk?agreement=&party=&act=&about=`.
pub(super) async fn show(
    State(ledger): State<Ledger>,
    Path(lang): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(lang) = lang.parse::<Lang>() else { return Problem::NotFound.page(Words(Lang::Fi), &ledger) };
    let w = Words(lang);
    let Ok(Query(asked)) = asked else { return Problem::NotFound.page(w, &ledger) };
    match page(&ledger, &asked, w).await {
        Ok(page) => shell::respond_with_scripts(StatusCode::OK, w, &page),
        Err(problem) => problem.page(w, &ledger),
    }
}

async fn page(ledger: &Ledger, asked: &Asked, w: Words) -> Result<Page, Problem> {
    let trust = Trust::of(ledger).await?;
    let offered = Offered::of(ledger, &asked.agreement, w).await?;
    let chosen = match (asked.agreement.parse::<StreamId>(), asked.party.parse::<PartyId>()) {
        (Ok(agreement), Ok(party)) => Some(chosen(&offered, asked, agreement, party)?),
        _ => None,
    };
    let shell = Shell::of(ledger, w.get("clerk-title"), w.get("clerk-lead"), format!("/clerk{}", asked.query()));
    Ok(Page {
        w,
        shell: shell.with_scripts([assets::desk()]),
        trust,
        agreements: offered.agreements(&asked.agreement),
        parties: offered.speakers(&asked.party),
        chosen,
    })
}

fn chosen(offered: &Offered, asked: &Asked, agreement: StreamId, party: PartyId) -> Result<Chosen, Problem> {
    let w = offered.w;
    if !offered.knows(&agreement, &party) {
        return Err(Problem::NotFound);
    }
    let act = match asked.act.as_str() {
        "" => None,
        kind => Some(act(offered, TypeInfo::named(kind).ok_or(Problem::NotFound)?, &party, &asked.about)),
    };
    Ok(Chosen {
        named: offered.name(&party),
        awaiting: menu::awaiting(offered, &party),
        menu: menu::groups(w, &agreement, &party),
        keys: act.is_none().then(|| Keys::of(offered, &party)),
        guides: guides::of(w, &party),
        agreement: agreement.to_string(),
        party: party.to_string(),
        act,
    })
}

fn act(offered: &Offered, info: &'static TypeInfo, party: &PartyId, about: &str) -> Act {
    let (first, more) = form::fields(offered, info, party, about).into_iter().partition(|field| field.is_first);
    let help = format!("clerk-act-{}", info.name.replace('_', "-"));
    Act {
        kind: info.name,
        title: offered.w.term("type", info.name),
        help: i18n::has(offered.w.0, &help).then(|| offered.w.get(&help)),
        first,
        more,
    }
}

impl Asked {
    /// The query that asks for the same again, for the links to other languages. What is no id, type or number is
    /// left out of it.
    fn query(&self) -> String {
        let plain =
            |text: &&str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b));
        let pairs =
            [("agreement", &self.agreement), ("party", &self.party), ("act", &self.act), ("about", &self.about)];
        let set: Vec<String> = pairs
            .into_iter()
            .map(|(name, value)| (name, value.as_str()))
            .filter(|(_, value)| !value.is_empty() && plain(value))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if set.is_empty() { String::new() } else { format!("?{}", set.join("&")) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
