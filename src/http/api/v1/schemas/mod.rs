//! `/api/v1/schemas`: the members of every event type.

pub mod list;
pub mod show;

use sinetti_projections::acts::StreamKind;

fn stream_name(stream: StreamKind) -> &'static str {
    match stream {
        StreamKind::Registry => "registry",
        StreamKind::Agreement => "agreement",
    }
}
