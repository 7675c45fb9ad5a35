//! Each look reads one bundle of old records again, and the tile of their hashes, in turn: a server
//! that rewrites what it served before is found within as many looks as there are bundles.

use sinetti_events::log::tile::WIDTH;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::node::NodeId;
use sinetti_projections::audit::Finding;

use super::look::Seen;
use super::{Monitor, MonitorError};
use crate::log_reader::{LogReader, ReadLogError};

impl Monitor {
    /// Reads the next bundle again.
    ///
    /// # Errors
    ///
    /// The server can't be reached, or the state can't be read or written.
    pub(super) fn reread(&mut self, seen: &mut Seen) -> Result<(), MonitorError> {
        let Some(last) = &self.last else { return Ok(()) };
        let size = last.kept.checkpoint.size;
        let bundles = size.div_ceil(WIDTH);
        if bundles == 0 {
            return Ok(());
        }
        let bundle = last.reread % bundles;
        let places = bundle * WIDTH..size.min((bundle + 1) * WIDTH);
        let ids: Vec<NodeId> = places.clone().map(|index| NodeId { level: 0, index }).collect();
        let expected = self.state.nodes(&ids)?;
        let reader = LogReader::new(&self.client);
        let mut leaves: Vec<Hash> = Vec::new();
        let read = reader.records(places.start, places.end, |bytes| {
            leaves.push(Hash::leaf(&bytes));
            Ok::<(), ReadLogError>(())
        });
        let hashes = read.and_then(|()| reader.nodes(size, &ids));
        let served = match hashes {
            Ok(hashes) => [leaves, hashes],
            Err(ReadLogError::Client(error)) => return Err(error.into()),
            Err(error) => {
                seen.unread(&error);
                return Ok(());
            }
        };
        for (of, served) in ["the entries", "the hashes"].into_iter().zip(served) {
            let differs = places.clone().zip(served.iter().zip(&expected)).find(|(_, (served, kept))| served != kept);
            if let Some((index, _)) = differs {
                seen.findings.push(rewritten(of, index, size));
            }
        }
        let next = (bundle + 1) % bundles;
        if let Some(last) = &mut self.last
            && last.reread != next
        {
            last.reread = next;
            self.state.put_reread(next)?;
        }
        Ok(())
    }
}

fn rewritten(of: &str, index: u64, size: u64) -> Finding {
    let reason = format!(
        "the server gives {of} of record {index} otherwise than before, though the signed tree of {size} records holds it \
         as it was: the server, or somebody between, rewrites what was recorded. The log did not sign this, so it proves \
         nothing to others; let them fetch the tile too"
    );
    Finding::tampered(Some(index), "tile", "tile-rewritten", reason)
}
