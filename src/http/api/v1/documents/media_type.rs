//! The kinds of documents that are given out under their own name. Whatever else an event says, the document goes out
//! as bytes: nothing that a browser might run.

use sinetti_projections::documents::Naming;

/// Media type and file extension.
pub(super) type Kind = (&'static str, &'static str);

const BYTES: Kind = ("application/octet-stream", "bin");

const KINDS: [Kind; 12] = [
    ("application/pdf", "pdf"),
    ("application/rtf", "rtf"),
    ("application/vnd.etsi.asic-e+zip", "asice"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/zip", "zip"),
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/tiff", "tif"),
    ("text/plain", "txt"),
];

/// What the first event says that says something known.
pub(super) fn of(namings: &[Naming]) -> Kind {
    let said = namings.iter().filter_map(|naming| naming.media_type.as_deref());
    let known = |said: &str| KINDS.into_iter().find(|(media_type, _)| *media_type == said);
    said.filter_map(known).next().unwrap_or(BYTES)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sinetti_events::primitives::ids::{EventId, PartyId};

    use super::*;

    fn said(media_type: Option<&str>) -> Naming {
        Naming {
            agreement: "sopimus".parse().unwrap(),
            version: 2,
            event: EventId::new(0, &[0; 10]),
            actor: PartyId::registrar(),
            pointer: "/digest".to_owned(),
            media_type: media_type.map(str::to_owned),
        }
    }

    #[test]
    fn what_a_browser_might_run_goes_out_as_bytes() {
        for odd in ["text/html", "image/svg+xml", "text/html; charset=utf-8", "application/pdf\r\nX: y", "", "pdf"] {
            assert_eq!(of(&[said(Some(odd))]), BYTES, "{odd}");
        }
        assert_eq!(of(&[said(None)]), BYTES);
        let namings = [said(None), said(Some("text/html")), said(Some("application/pdf")), said(Some("text/plain"))];
        assert_eq!(of(&namings), ("application/pdf", "pdf"));
    }
}
