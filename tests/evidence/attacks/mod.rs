//! What a dishonest operator could try, really tried, with the log's own keys and the registrar's; and who notices, by
//! really looking. `docs/attacks.md` is what came of it (`SINETTI_WRITE_DOCS=1` writes it anew).
//!
//! A row names what each onlooker must report, and also what must go unnoticed: a limit that somebody lifts has to be
//! taken out of the documentation, as one that appears has to be put in.

mod acts;
mod documents;
mod history;
mod onlookers;
mod operator;
mod sheet;
mod tiles;
mod views;

use sheet::Row;

#[test]
fn every_attack_is_noticed_by_whom_the_documentation_says_and_nobody_else() {
    let groups: [fn() -> Vec<Row>; 5] = [history::rows, views::rows, acts::rows, documents::rows, tiles::rows];
    // One after the other: a process started meanwhile holds, until it runs, the locks of the databases that are open.
    let rows: Vec<Row> = groups.into_iter().flat_map(|group| group()).collect();
    sheet::prove(&rows);
}

/// What reports something here would report it of every attack.
#[test]
fn on_the_honest_ledger_nobody_notices_anything() {
    use crate::world::{SIZE, ledger, ledger_until};
    let (honest, kept) = (ledger(), ledger_until(history::KEPT));
    let house = operator::House::of(&honest.records);
    let looks = [
        onlookers::bundle(&crate::vectors::of(&honest)),
        onlookers::receipt(crate::vectors::of(&honest), &ledger_until(history::LATER_RECEIPT)),
        onlookers::replay(operator::published(&honest)),
        onlookers::checkpoint(operator::published(&honest), &kept),
        onlookers::witness(&kept, &honest),
        onlookers::reading_witness(&honest),
        house.start("-"),
        views::start_with_a_witness(&house),
        house.reads("a", 3),
    ];
    for report in looks {
        assert!(report.codes.is_empty(), "{}: {:?}", report.by, report.codes);
    }
    let rechained = operator::rechained(&(0..SIZE).collect::<Vec<_>>(), |_, _| ());
    assert_eq!(rechained.records, honest.records, "what is placed anew as it was is the same");
}
