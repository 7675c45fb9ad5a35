//! A ground to draw on: rectangles, and lines of text.

use ab_glyph::{Font as _, FontRef, InvalidFont, PxScale, ScaleFont as _, point};

/// Red, green and blue.
pub(super) type Colour = [u8; 3];

/// The pages' font in its two weights. What it has no letter for is drawn as an empty box.
pub(super) struct Faces {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

/// How a line of text looks.
#[derive(Clone, Copy)]
pub(super) struct Style<'a> {
    face: &'a FontRef<'static>,
    /// Height of the line in pixels.
    pub size: f32,
    pub colour: Colour,
}

/// A picture being drawn; nothing is drawn beyond its edges.
pub(super) struct Canvas {
    width: usize,
    pixels: Vec<Colour>,
}

/// Left, top, width and height in pixels.
pub(super) type Area = (usize, usize, usize, usize);

impl Faces {
    pub fn load() -> Result<Faces, InvalidFont> {
        let regular = include_bytes!("../../../assets/fonts/source-sans-3-latin-400.ttf");
        let bold = include_bytes!("../../../assets/fonts/source-sans-3-latin-700.ttf");
        Ok(Faces { regular: FontRef::try_from_slice(regular)?, bold: FontRef::try_from_slice(bold)? })
    }

    pub fn regular(&self, size: f32, colour: Colour) -> Style<'_> {
        Style { face: &self.regular, size, colour }
    }

    pub fn bold(&self, size: f32, colour: Colour) -> Style<'_> {
        Style { face: &self.bold, size, colour }
    }
}

impl Style<'_> {
    /// How wide the text is.
    pub fn width(&self, text: &str) -> f32 {
        let font = self.face.as_scaled(PxScale::from(self.size));
        text.chars().map(|letter| font.h_advance(font.glyph_id(letter))).sum()
    }

    /// The text in lines of at most `width`, broken between words; what is beyond `most` lines is left out, and shown to be.
    pub fn lines(&self, text: &str, width: f32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match (lines.last_mut(), longer) {
                (Some(line), Some(longer)) if self.width(&longer) <= width => *line = longer,
                _ => lines.push(word.to_owned()),
            }
        }
        let is_cut = lines.len() > most;
        lines.truncate(most);
        let shortened = lines.iter().map(|line| self.cut(line, width, false));
        let mut lines: Vec<String> = shortened.collect();
        if let (true, Some(last)) = (is_cut, lines.last_mut()) {
            *last = self.cut(last, width, true);
        }
        lines
    }

    /// The line, shortened to `width` where it must be, and with a sign that there is more.
    fn cut(&self, line: &str, width: f32, is_more: bool) -> String {
        if !is_more && self.width(line) <= width {
            return line.to_owned();
        }
        let mut kept = line.trim_end_matches('…').to_owned();
        while !kept.is_empty() && self.width(&format!("{kept}…")) > width {
            kept.pop();
        }
        format!("{}…", kept.trim_end())
    }
}

impl Canvas {
    /// All of one colour.
    pub fn new(width: usize, height: usize, ground: Colour) -> Canvas {
        Canvas { width, pixels: vec![ground; width * height] }
    }

    pub fn fill(&mut self, (left, top, width, height): Area, colour: Colour) {
        for y in top..top + height {
            for x in left..left + width {
                self.mix(x, y, colour, 1.0);
            }
        }
    }

    /// A rectangle with an edge of `thick` pixels within it.
    pub fn frame(&mut self, area: Area, thick: usize, edge: Colour, ground: Colour) {
        let (left, top, width, height) = area;
        let both = thick * 2;
        self.fill(area, edge);
        self.fill((left + thick, top + thick, width.saturating_sub(both), height.saturating_sub(both)), ground);
    }

    /// One line of text that stands on `baseline`.
    pub fn text(&mut self, left: f32, baseline: f32, style: Style<'_>, text: &str) {
        let font = style.face.as_scaled(PxScale::from(style.size));
        let mut at = left;
        for letter in text.chars() {
            let glyph = font.glyph_id(letter);
            let placed = glyph.with_scale_and_position(style.size, point(at, baseline));
            at += font.h_advance(glyph);
            let Some(outline) = style.face.outline_glyph(placed) else { continue };
            let bounds = outline.px_bounds();
            outline.draw(|x, y, coverage| {
                let (x, y) = (bounds.min.x + x as f32, bounds.min.y + y as f32);
                if x >= 0.0 && y >= 0.0 {
                    self.mix(x as usize, y as usize, style.colour, coverage);
                }
            });
        }
    }

    /// Red, green and blue of each pixel, line by line.
    pub fn into_bytes(self) -> Vec<u8> {
        self.pixels.into_flattened()
    }

    #[cfg(test)]
    pub fn pixel(&self, x: usize, y: usize) -> Colour {
        self.pixels[y * self.width + x]
    }

    fn mix(&mut self, x: usize, y: usize, colour: Colour, coverage: f32) {
        if x >= self.width {
            return;
        }
        let Some(pixel) = self.pixels.get_mut(y * self.width + x) else { return };
        let coverage = coverage.clamp(0.0, 1.0);
        for (below, above) in pixel.iter_mut().zip(colour) {
            *below = (f32::from(*below) * (1.0 - coverage) + f32::from(above) * coverage).round() as u8;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const INK: Colour = [0, 0, 0];
    const PAPER: Colour = [255, 255, 255];

    #[test]
    fn lines_break_between_words_and_show_that_there_is_more() {
        let faces = Faces::load().unwrap();
        let style = faces.regular(40.0, INK);
        let text = "Pirkanmaan hyvinvointialueen, kuntien ja liiton yhdyspintojen puitesopimus";
        let lines = style.lines(text, 500.0, 9);
        assert!(lines.len() > 1 && lines.iter().all(|line| style.width(line) <= 500.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        let cut = style.lines(text, 300.0, 2);
        assert_eq!(cut.len(), 2);
        assert!(cut[1].ends_with('…') && cut.iter().all(|line| style.width(line) <= 300.0), "{cut:?}");
        let word = style.lines(&"ä".repeat(500), 500.0, 3);
        assert!(word.len() == 1 && style.width(&word[0]) <= 500.0 && word[0].ends_with('…'));
        assert!(style.lines(" ", 500.0, 3).is_empty());
    }

    #[test]
    fn letters_are_drawn_where_they_stand_and_nothing_beyond_the_edge() {
        let faces = Faces::load().unwrap();
        let mut canvas = Canvas::new(60, 40, PAPER);
        canvas.text(10.0, 35.0, faces.bold(40.0, INK), "ÅÄÖ");
        canvas.text(-30.0, 5.0, faces.bold(40.0, INK), "Å");
        canvas.text(1e9, 1e9, faces.bold(40.0, INK), "Å");
        assert_eq!(canvas.pixel(5, 38), PAPER);
        let dark = |canvas: &Canvas| canvas.pixels.iter().filter(|pixel| pixel[0] < 40).count();
        assert!(dark(&canvas) > 100);
        canvas.fill((50, 30, 500, 500), PAPER);
        assert_eq!(canvas.into_bytes().len(), 60 * 40 * 3);
    }

    #[test]
    fn a_frame_has_its_edge_within_it() {
        let mut canvas = Canvas::new(10, 10, PAPER);
        canvas.frame((2, 2, 5, 5), 1, INK, [9, 9, 9]);
        assert_eq!([(1, 4), (2, 4), (3, 4), (6, 6), (7, 7)].map(|(x, y)| canvas.pixel(x, y)[0]), [255, 0, 9, 0, 255]);
    }
}
