//! `sinetti status`: is it in force, how many have approved and signed, who is missing.

use clap::Args;
use serde_json::{Value, json};
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::annex_parts::PartState;
use sinetti_projections::helsinki;
use sinetti_projections::status::status;

use super::failure::{Failure, Outcome};
use super::output;
use super::source::{self, Source};
use crate::i18n::Lang;
use crate::ledger::Ledger;

/// `sinetti status`
#[derive(Debug, Args)]
pub struct StatusCommand {
    /// The agreement; all of them in short when left out
    agreement: Option<StreamId>,
    /// As the ledger knew it then: a date (its end in Finland) or an instant
    #[arg(long, value_name = "MOMENT", value_parser = source::moment)]
    known_at: Option<Instant>,
    /// In force on this date [default: that of --known-at, or today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Language of names
    #[arg(long, value_name = "LANG", value_enum, default_value = "fi")]
    lang: Lang,
    #[command(flatten)]
    source: Source,
    /// Write the answer as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `sinetti status`.
///
/// # Errors
///
/// Unreachable, or no such agreement.
pub fn run(command: &StatusCommand) -> Result<Outcome, Failure> {
    let answer = match &command.source.database_url {
        Some(url) => super::runtime()?.block_on(command.of_database(url))?,
        None => command.of_server()?,
    };
    if command.json {
        output::json(&answer)?;
    } else {
        output::result(&text(&answer, command.lang))?;
    }
    Ok(if list(&answer, "damaged").is_empty() { Outcome::Done } else { Outcome::Found })
}

impl StatusCommand {
    fn of_server(&self) -> Result<Value, Failure> {
        let agreement = self.agreement.as_ref().map(|agreement| format!("/{agreement}")).unwrap_or_default();
        let known_at = self.known_at.map(|at| format!("known_at={at}"));
        let query: Vec<String> = known_at.into_iter().chain(self.on.map(|on| format!("on={on}"))).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let answer = self.source.client()?.json(&format!("/api/v1/agreements{agreement}{mark}{}", query.join("&")))?;
        answer.ok_or_else(|| match &self.agreement {
            Some(agreement) => source::unknown(agreement),
            None => Failure::Unavailable(format!("{} serves no agreements; is --server right?", self.source.server)),
        })
    }

    async fn of_database(&self, url: &str) -> Result<Value, Failure> {
        let ledger = Ledger::read(url).await?;
        let on = self.on.unwrap_or_else(|| helsinki::date_of(self.known_at.unwrap_or_else(|| ledger.now())));
        let answer = match &self.agreement {
            Some(agreement) => self.state(&ledger, agreement, on).await?.ok_or_else(|| source::unknown(agreement))?,
            None => {
                let (mut all, mut damaged) = (Vec::new(), Vec::new());
                for agreement in ledger.agreements() {
                    match self.state(&ledger, &agreement, on).await {
                        Ok(state) => all.extend(state),
                        Err(error) => {
                            damaged.push(json!({"agreement": agreement, "reason": error.to_string()}));
                        }
                    }
                }
                let mut answer = json!({ "agreements": all, "known_at": self.known_at, "on": on });
                if !damaged.is_empty() {
                    answer["damaged"] = damaged.into();
                }
                answer
            }
        };
        ledger.close().await;
        Ok(answer)
    }

    async fn state(&self, ledger: &Ledger, agreement: &StreamId, on: Date) -> Result<Option<Value>, Failure> {
        if agreement.is_registry() {
            return Ok(None);
        }
        let view = ledger.view(agreement, self.known_at).await.map_err(Failure::refused)?;
        let Some(view) = view else { return Ok(None) };
        let status = status(&view.agreement, &view.registry, on);
        let mut state = serde_json::to_value(status).map_err(Failure::refused)?;
        state["as_of"] = serde_json::to_value(view.as_of).map_err(Failure::refused)?;
        Ok(Some(state))
    }
}

fn text(answer: &Value, lang: Lang) -> String {
    match answer.get("agreements").and_then(Value::as_array) {
        Some(all) => {
            let states = all.iter().map(|state| head(state, lang) + "\n");
            states.chain(list(answer, "damaged").iter().map(damaged)).collect()
        }
        None => whole(answer, lang),
    }
}

/// What stands in the place of the sentence when records are damaged.
fn damaged(agreement: &Value) -> String {
    let member = |name: &str| agreement[name].as_str().unwrap_or_default();
    format!("{}\n  can't be shown: {}\n", member("agreement"), member("reason"))
}

/// The sentence that answers the question.
fn head(state: &Value, lang: Lang) -> String {
    let number = |member: &str| state[member].as_u64().unwrap_or_default();
    let flag = |member: &str| state[member].as_bool().unwrap_or_default();
    let since = state["in_force_since"].as_str().map(|date| format!(" since {date}")).unwrap_or_default();
    let force = if flag("in_force") { format!("in force{since}") } else { "NOT in force".to_owned() };
    let mut text = format!(
        "{} ({})\n  {force}: {} of {} have approved, {} have signed, {} bound",
        name(&state["titles"], lang),
        state["agreement"].as_str().unwrap_or_default(),
        number("approved"),
        number("parties_total"),
        number("signed"),
        number("bound"),
    );
    let marks = [
        ("determined", "determined by the registrar"),
        ("contested", "CONTESTED"),
        ("invented", "holds invented acts"),
    ];
    for (_, words) in marks.iter().filter(|(member, _)| flag(member)) {
        text.push_str(&format!("; {words}"));
    }
    text
}

fn whole(state: &Value, lang: Lang) -> String {
    let mut text = head(state, lang) + "\n";
    for contest in list(state, "contested_why") {
        let party = contest["party"].as_str().unwrap_or("-");
        text.push_str(&format!("  contested: {} ({party})\n", contest["code"].as_str().unwrap_or_default()));
    }
    if !list(state, "missing").is_empty() {
        text.push_str("missing:\n");
    }
    for missing in list(state, "missing") {
        text.push_str(&(missing_line(missing, lang) + "\n"));
    }
    let wider =
        [("amendments", amendment_line as fn(&Value, Lang) -> String), ("annexes", annex_line), ("duties", duty_line)];
    for (member, line) in wider {
        let items = list(state, member);
        if !items.is_empty() {
            text.push_str(&format!("{member}:\n"));
        }
        for item in items {
            text.push_str(&(line(item, lang) + "\n"));
        }
    }
    let as_of = &state["as_of"];
    let number = |member: &str| as_of[member].as_u64().unwrap_or_default();
    text.push_str(&format!(
        "as of version {} (index {}, leaf {})\n",
        number("version"),
        number("index"),
        as_of["leaf"].as_str().unwrap_or_default()
    ));
    text
}

fn missing_line(missing: &Value, lang: Lang) -> String {
    let lacks = |member: &str| missing[member].as_bool().unwrap_or_default();
    let acts = match (lacks("approval"), lacks("signature")) {
        (true, true) => "approval and signature",
        (true, false) => "approval",
        _ => "signature",
    };
    let party = missing["party"].as_str().unwrap_or_default();
    let why = missing["why"].as_str().map(|why| format!(" ({})", why.replace('_', " "))).unwrap_or_default();
    let number = missing["number"].as_u64().unwrap_or_default();
    format!("  {number:>3}  {party}, {}: {acts}{why}", name(&missing["names"], lang))
}

fn amendment_line(amendment: &Value, lang: Lang) -> String {
    let number = |member: &str| amendment[member].as_u64().unwrap_or_default();
    let since = amendment["in_force_since"].as_str().map(|date| format!("in force since {date}"));
    let force = since.unwrap_or_else(|| "not in force".to_owned());
    let bound = amendment["bound"].as_array().map_or(0, Vec::len);
    let (version, title) = (number("version"), name(&amendment["titles"], lang));
    format!(
        "  {version:>3}  {title}: {force}; accepted by {} of {}, binds {bound}",
        number("accepted"),
        number("asked")
    )
}

fn annex_line(annex: &Value, lang: Lang) -> String {
    let number = |member: &str| annex[member].as_u64().unwrap_or_default();
    let (area, form) = (annex["area"].as_str().unwrap_or_default(), annex["form"].as_str().unwrap_or_default());
    let (version, title) = (number("version"), name(&annex["titles"], lang));
    let head = format!("  {version:>3}  {title} ({area}, {form}): holds for {}", number("joined"));
    std::iter::once(head).chain(part_lines(list(annex, "parties"))).collect::<Vec<_>>().join("\n")
}

/// The parties of an annex by how far they have come with it.
fn part_lines(parties: &[Value]) -> impl Iterator<Item = String> {
    PartState::ALL.iter().filter_map(|state| {
        let state = state.as_str();
        let found = parties.iter().filter(|part| part["state"] == state).filter_map(|part| part["party"].as_str());
        let found: Vec<&str> = found.collect();
        (!found.is_empty()).then(|| format!("       {}: {}", state.replace('_', " "), found.join(", ")))
    })
}

fn duty_line(duty: &Value, _: Lang) -> String {
    let word = |member: &str| duty[member].as_str().unwrap_or_default().replace('_', " ");
    format!("  {}: {}, due {}", word("kind"), word("state"), duty["due_on"].as_str().unwrap_or("-"))
}

/// The name in `lang`, or in the next language that there is one in.
fn name(names: &Value, lang: Lang) -> String {
    let found = lang.preference().into_iter().find_map(|lang| names[lang.code()].as_str());
    found.unwrap_or("(no name)").to_owned()
}

fn list<'a>(state: &'a Value, member: &str) -> &'a [Value] {
    state[member].as_array().map(Vec::as_slice).unwrap_or_default()
}
