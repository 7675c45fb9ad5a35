//! The file: one act a row, members as columns, as people write CSV.

use sinetti_events::format::payload::EventType;

/// Columns that are no members: the act's type, and a name by which later rows refer to the row.
const TYPE: &str = "type";
const ROW: &str = "row";

/// One act as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line of the file on which it begins, from 1.
    pub line: u64,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Which act.
    pub kind: EventType,
    /// Member paths and what stands in their cells; empty cells are left out.
    pub cells: Vec<(String, String)>,
}

/// The file is no table of acts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTable {
    /// Bytes that are no text.
    #[error("it is not in UTF-8; save it as “CSV UTF-8”")]
    NotUtf8,
    /// No row below the names of the columns.
    #[error("it has no rows; the first line names the columns, each further line is one act")]
    Empty,
    /// Not CSV.
    #[error("{0}")]
    Csv(String),
    /// Neither a column nor an option says which act a row is.
    #[error("line {0}: which act is it? Add a column `type`, or give --type for all rows")]
    NoType(u64),
    /// The type is none.
    #[error("line {line}: {given:?} can't be an event type")]
    BadType {
        /// Where.
        line: u64,
        /// What stands there.
        given: String,
    },
    /// Two rows of one name.
    #[error("line {line}: the row {name:?} is named already, on line {first}")]
    Twice {
        /// Where.
        line: u64,
        /// The name.
        name: String,
        /// Where the name stands first.
        first: u64,
    },
    /// More or fewer cells than columns.
    #[error("line {line} has {cells} cells, but the first line names {columns} columns")]
    Uneven {
        /// Where.
        line: u64,
        /// How many cells.
        cells: u64,
        /// How many columns.
        columns: u64,
    },
    /// A column without a name has a cell that is not empty.
    #[error("line {0}: a cell stands in a column that has no name")]
    Nameless(u64),
}

/// Reads the rows. Columns are separated by commas or, as spreadsheets in Finland write them, by
/// semicolons. `kind` is the type of rows that name none.
///
/// # Errors
///
/// The first thing that makes it no table of acts, with its line.
pub fn read(bytes: &[u8], kind: Option<&EventType>) -> Result<Vec<Row>, BadTable> {
    let text = std::str::from_utf8(bytes).map_err(|_| BadTable::NotUtf8)?;
    // One kind of line ends, or lines are counted wrong.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter(&text)).trim(csv::Trim::All).from_reader(text.as_bytes());
    let bad = |error: csv::Error| BadTable::Csv(error.to_string());
    let mut lines = Lines { text: &text, at: 0, line: 1 };
    let columns = reader.headers().map_err(bad)?.clone();
    let mut rows: Vec<Row> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| uneven(&error, &mut lines).unwrap_or_else(|| bad(error)))?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let line = record.position().map_or(0, |position| lines.of(position));
        let row = row(line, &columns, &record, kind)?;
        let namesake = rows.iter().find(|other| row.name.is_some() && other.name == row.name);
        if let (Some(other), Some(name)) = (namesake, &row.name) {
            return Err(BadTable::Twice { line: row.line, name: name.clone(), first: other.line });
        }
        rows.push(row);
    }
    if rows.is_empty() { Err(BadTable::Empty) } else { Ok(rows) }
}

/// What separates the names of the columns.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    if count(';') > count(',') { b';' } else { b',' }
}

/// Lines of a text by byte; the positions that are asked for never go back.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which the record at `position` begins, after the empty lines there.
    fn of(&mut self, position: &csv::Position) -> u64 {
        let from = usize::try_from(position.byte()).unwrap_or(usize::MAX).min(self.text.len());
        let bytes = self.text.as_bytes();
        let begins = from + bytes[from..].iter().take_while(|byte| **byte == b'\n').count();
        self.line += bytes[self.at.min(begins)..begins].iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = begins;
        self.line
    }
}

/// A record with other cells than there are columns.
fn uneven(error: &csv::Error, lines: &mut Lines<'_>) -> Option<BadTable> {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos: Some(position), expected_len, len } => {
            Some(BadTable::Uneven { line: lines.of(position), cells: *len, columns: *expected_len })
        }
        _ => None,
    }
}

fn row(
    line: u64,
    columns: &csv::StringRecord,
    record: &csv::StringRecord,
    kind: Option<&EventType>,
) -> Result<Row, BadTable> {
    let (mut name, mut own, mut cells) = (None, None, Vec::new());
    for (column, cell) in columns.iter().zip(record).filter(|(_, cell)| !cell.is_empty()) {
        match column {
            "" => return Err(BadTable::Nameless(line)),
            ROW => name = Some(cell.to_owned()),
            TYPE => own = Some(cell.parse().map_err(|_| BadTable::BadType { line, given: cell.to_owned() })?),
            member => cells.push((member.to_owned(), cell.to_owned())),
        }
    }
    let kind = own.or_else(|| kind.cloned()).ok_or(BadTable::NoType(line))?;
    Ok(Row { line, name, kind, cells })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn kind() -> EventType {
        "decision_recorded".parse().unwrap()
    }

    fn read_text(text: &str) -> Result<Vec<Row>, BadTable> {
        read(text.as_bytes(), None)
    }

    #[test]
    fn a_table_with_commas_and_one_with_semicolons_and_a_byte_order_mark_read_the_same() {
        let commas = "type,party,organ.name\r\n\r\ndecision_recorded,orivesi,\"kaupunginhallitus; jaosto\"\r\n";
        let semicolons =
            "\u{feff}type;party;organ.name\n\ndecision_recorded; orivesi ;\"kaupunginhallitus; jaosto\"\n\n;;\n";
        let rows = read_text(commas).unwrap();
        assert_eq!(rows, read_text(semicolons).unwrap());
        let cells = [("party", "orivesi"), ("organ.name", "kaupunginhallitus; jaosto")];
        let cells = cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())).to_vec();
        assert_eq!(rows, [Row { line: 3, name: None, kind: kind(), cells }]);
    }

    #[test]
    fn an_empty_cell_is_no_member_and_the_option_is_the_type_of_rows_that_name_none() {
        let rows = read(b"row,type,party,section\na,,orivesi,\nb,minutes_confirmed,,4\n", Some(&kind())).unwrap();
        assert_eq!(rows[0].cells, [("party".to_owned(), "orivesi".to_owned())]);
        assert_eq!((rows[0].kind.clone(), rows[1].kind.as_str()), (kind(), "minutes_confirmed"));
        assert_eq!(rows[1].name.as_deref(), Some("b"));
    }

    #[test]
    fn what_is_no_table_says_where() {
        let cases = [
            ("", "it has no rows"),
            ("type,party\n", "it has no rows"),
            ("party\norivesi\n", "line 2: which act is it?"),
            ("type,party\nA b,orivesi\n", "line 2: \"A b\" can't be"),
            ("type,row\na,x\n\na,x\n", "line 4: the row \"x\" is named already, on line 2"),
            ("type,party\n\na,b,c\n", "line 3 has 3 cells, but the first line names 2 columns"),
            ("type,\na,b\n", "line 2: a cell stands in a column that has no name"),
        ];
        for (text, expected) in cases {
            let error = read_text(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{text:?}: {error}");
        }
        assert_eq!(read(b"type\n\xff\n", None), Err(BadTable::NotUtf8));
    }
}
