//! The state of an agreement as a picture: what other sites show beside a link to its page.
//!
//! They take no SVG, so it is drawn here. Everything on it stands in words on the page, and in the text that
//! describes the picture.

mod canvas;
mod png;

use std::io;

use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::force::asks_signatures;
use sinetti_projections::registry::Registry;
use sinetti_projections::status::Status;

use super::answer::Answer;
use super::chip::Tone;
use super::count;
use crate::i18n::{Titled, Words, date, instant, t};
use canvas::{Canvas, Colour, Faces, Style};

/// What other sites show without cutting off.
pub(super) const WIDTH: usize = 1200;
pub(super) const HEIGHT: usize = 630;

const MARGIN: usize = 72;
const INNER: usize = WIDTH - 2 * MARGIN;

/// The stylesheet's light colours.
const PAPER: Colour = [255, 255, 255];
const INK: Colour = [33, 33, 33];
const MUTED: Colour = [78, 86, 90];
const BRAND: Colour = [0, 53, 122];
const YES: Colour = [5, 97, 74];
const MADE_UP: Colour = [109, 55, 129];

/// Where the squares begin, and above how many parties there is one bar in their place.
const SQUARES_FROM: usize = 430;
const MOST_SQUARES: usize = 90;

/// What the picture says.
pub(crate) struct Picture {
    service: String,
    title: String,
    tone: Tone,
    state: String,
    sentence: String,
    /// Name, done and of how many.
    counts: Vec<(String, usize, usize)>,
    /// Which moment it shows.
    moment: String,
    /// That some of it was made up.
    mark: Option<String>,
}

impl Picture {
    /// Of a state; of what was known then, where that is not the present.
    pub fn of(status: &Status, registry: &Registry, known_at: Option<Instant>, w: Words) -> Picture {
        let Answer { tone, badge, sentence, .. } = Answer::of(status, registry, w);
        let total = usize::try_from(status.parties_total).unwrap_or(usize::MAX);
        let count = |id: &str, done: u64| (w.get(id), usize::try_from(done).unwrap_or(total).min(total), total);
        let mut counts = vec![count("approved", status.approved)];
        if asks_signatures(&status.rule.entry_into_force) {
            counts.push(count("signed", status.signed));
        }
        Picture {
            service: w.get("service-name"),
            title: Titled::of(w.0, &status.titles).text,
            tone,
            state: badge,
            sentence,
            counts,
            moment: moment(status.on, known_at, w),
            mark: count::marks(status, w).into_iter().next().map(|mark| mark.word),
        }
    }

    /// As a PNG file.
    pub fn png(&self) -> io::Result<Vec<u8>> {
        let faces = Faces::load().map_err(io::Error::other)?;
        png::png(WIDTH as u32, &self.draw(&faces).into_bytes())
    }

    fn draw(&self, faces: &Faces) -> Canvas {
        let mut canvas = Canvas::new(WIDTH, HEIGHT, PAPER);
        canvas.fill((0, 0, WIDTH, 12), BRAND);
        let name = faces.bold(34.0, BRAND);
        canvas.text(MARGIN as f32, 62.0, name, &self.service);
        let at = self.block(&mut canvas, 122.0, faces.bold(50.0, INK), &self.title, 3);
        let at = self.state(&mut canvas, at - 28.0, faces);
        self.block(&mut canvas, at + 50.0, faces.regular(42.0, INK), &self.sentence, 3);
        for ((label, done, total), top) in self.counts.iter().zip([454, 512]) {
            self.row(&mut canvas, top, faces, label, (*done, *total));
        }
        self.foot(&mut canvas, faces);
        canvas
    }

    /// Lines of text from the first's baseline; the baseline that the next would have.
    fn block(&self, canvas: &mut Canvas, first: f32, style: Style<'_>, text: &str, most: usize) -> f32 {
        let mut at = first;
        for line in style.lines(text, INNER as f32, most) {
            canvas.text(MARGIN as f32, at, style, &line);
            at += style.size;
        }
        at
    }

    /// The state in a box of its colour, from its upper edge; its lower edge.
    fn state(&self, canvas: &mut Canvas, top: f32, faces: &Faces) -> f32 {
        let (ink, ground) = colours(self.tone);
        let style = faces.bold(36.0, ink);
        let top = top as usize;
        let state = style.lines(&self.state, (INNER - 40) as f32, 1).concat();
        canvas.frame((MARGIN, top, style.width(&state) as usize + 40, 54), 3, ink, ground);
        canvas.text((MARGIN + 20) as f32, top as f32 + 38.0, style, &state);
        (top + 54) as f32
    }

    /// How many of all: in words and figures, and one square for each.
    fn row(&self, canvas: &mut Canvas, top: usize, faces: &Faces, label: &str, (done, total): (usize, usize)) {
        let label_style = faces.regular(34.0, INK);
        let baseline = top as f32 + 26.0;
        let label = label_style.lines(label, 240.0, 1).concat();
        canvas.text(MARGIN as f32, baseline, label_style, &label);
        let figure_style = faces.bold(34.0, INK);
        let figure = format!("{done}/{total}");
        let figure_left = SQUARES_FROM as f32 - 24.0 - figure_style.width(&figure);
        canvas.text(figure_left, baseline, figure_style, &figure);
        let room = WIDTH - MARGIN - SQUARES_FROM;
        if total > MOST_SQUARES {
            canvas.frame((SQUARES_FROM, top, room, 30), 3, YES, PAPER);
            let part = (room as f64 * done as f64 / total as f64) as usize;
            canvas.fill((SQUARES_FROM, top, part, 30), YES);
            return;
        }
        let step = (room / total.max(1)).min(36);
        let side = step - step / 6 - 1;
        for place in 0..total {
            let area = (SQUARES_FROM + place * step, top + (30 - side.min(30)) / 2, side, side);
            canvas.frame(area, if step > 12 { 2 } else { 1 }, YES, if place < done { YES } else { PAPER });
        }
    }

    fn foot(&self, canvas: &mut Canvas, faces: &Faces) {
        let mark_style = faces.bold(28.0, MADE_UP);
        let mark = self.mark.as_deref().map(|mark| format!("* {mark}")).unwrap_or_default();
        let width = mark_style.width(&mark);
        let baseline = (HEIGHT - 34) as f32;
        canvas.text((WIDTH - MARGIN) as f32 - width, baseline, mark_style, &mark);
        let style = faces.regular(28.0, MUTED);
        let moment = style.lines(&self.moment, INNER as f32 - width - 24.0, 1).concat();
        canvas.text(MARGIN as f32, baseline, style, &moment);
    }
}

fn moment(on: Date, known_at: Option<Instant>, w: Words) -> String {
    let on = date(w.0, on);
    match known_at {
        Some(known) => t(w.0, "picture-known", &[("known", instant(w.0, known).into()), ("on", on.into())]),
        None => w.with("picture-on", "on", on),
    }
}

/// Ink and ground.
fn colours(tone: Tone) -> (Colour, Colour) {
    match tone {
        Tone::Yes => (YES, [228, 247, 242]),
        Tone::No => ([157, 43, 37], [251, 239, 239]),
        Tone::Wait | Tone::Note | Tone::Plain | Tone::MadeUp => ([117, 70, 0], [255, 246, 224]),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn picture(done: usize, total: usize) -> Picture {
        Picture {
            service: "Sinetti".to_owned(),
            title: "Pirkanmaan hyvinvointialueen ja kuntien yhdyspintojen puitesopimus".to_owned(),
            tone: Tone::Wait,
            state: "Ei voimassa".to_owned(),
            sentence: "Sopimus ei ole vielä voimassa.".to_owned(),
            counts: vec![("Hyväksynyt".to_owned(), done, total), ("Allekirjoittanut".to_owned(), 0, total)],
            moment: "25.11.2026".to_owned(),
            mark: None,
        }
    }

    /// How many squares of the first row are filled, and how many there are, looking at where each should be.
    fn squares(picture: &Picture) -> (usize, usize) {
        let canvas = picture.draw(&Faces::load().unwrap());
        let line: Vec<Colour> = (SQUARES_FROM..WIDTH).map(|x| canvas.pixel(x, 469)).collect();
        let runs: Vec<&[Colour]> = line.chunk_by(|one, other| (*one == YES) == (*other == YES)).collect();
        let inked = |run: &&&[Colour]| run[0] == YES;
        let filled = runs.iter().filter(inked).filter(|run| run.len() > 3).count();
        let edges = runs.iter().filter(inked).filter(|run| run.len() <= 3).count();
        (filled, filled + edges / 2)
    }

    #[test]
    fn there_is_one_square_for_each_party_and_as_many_are_filled_as_have_approved() {
        for (done, total) in [(0, 25), (18, 25), (25, 25), (32, 32), (1, 1), (3, 28)] {
            assert_eq!(squares(&picture(done, total)), (done, total));
        }
    }

    #[test]
    fn a_roster_of_any_size_fits() {
        for (done, total) in [(0, 0), (40, 90), (91, 91), (200, 309), (usize::MAX / 2000, usize::MAX / 1000)] {
            let canvas = picture(done, total).draw(&Faces::load().unwrap());
            assert!((WIDTH - MARGIN..WIDTH).all(|x| canvas.pixel(x, 469) == PAPER), "{total}");
        }
    }

    #[test]
    fn the_longest_words_stay_within_the_picture_and_its_file_is_small() {
        let long = "Åländskt-österbottniskt välfärdsområdesavtal ".repeat(30);
        let picture = Picture {
            title: long.clone(),
            state: long.clone(),
            sentence: long.clone(),
            moment: long.clone(),
            mark: Some("mukana keksittyjä".to_owned()),
            ..picture(18, 25)
        };
        let canvas = picture.draw(&Faces::load().unwrap());
        assert!((0..HEIGHT).skip(12).all(|y| canvas.pixel(MARGIN / 2, y) == PAPER));
        assert!(picture.png().unwrap().len() < 200_000);
    }
}
