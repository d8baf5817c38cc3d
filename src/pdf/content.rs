//! Content streams: the glyphs that a page shows, and how many images.

use super::font::{Fonts, TextFont};
use super::geometry::Matrix;
use super::glyph::Glyph;
use super::marked::MarkedContent;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Rect, Stream};
use hayro_syntax::page::{Page, Resources};
use std::collections::HashMap;
use std::rc::Rc;

/// How deep forms may lie in one another; a hostile file draws a form within itself.
const MAX_DEPTH: usize = 16;
/// How many operators a page may have, those of its forms included each time they are drawn.
const MAX_OPERATORS: usize = 20_000_000;
/// How many graphics states may be saved at once.
const MAX_SAVED_STATES: usize = 512;
/// How many glyphs a page may show.
const MAX_GLYPHS: usize = 500_000;

/// What a page's content streams show.
#[derive(Default)]
pub(super) struct Shown {
    pub glyphs: Vec<Glyph>,
    /// How many images are drawn
    pub images: usize,
    /// What the largest of them covers, in square points
    pub largest_image: f64,
    /// Codes whose font doesn't say what they mean
    pub unreadable: usize,
}

/// Reads what a page shows, with the appearances of its form fields and notes.
pub(super) fn read_page<'a>(page: &Page<'a>, fonts: &Fonts<'a>, hidden: &HiddenLayers) -> Shown {
    let initial = Matrix::new(page.initial_transform(true).as_coeffs());
    let mut interpreter = Interpreter {
        fonts,
        hidden,
        fonts_by_name: Vec::new(),
        state: State::new(initial),
        saved: Vec::new(),
        text_matrix: Matrix::IDENTITY,
        line_matrix: Matrix::IDENTITY,
        marked: MarkedContent::default(),
        operators: 0,
        shown: Shown::default(),
    };
    if let Some(bytes) = page.page_stream() {
        interpreter.run(bytes, page.resources(), 0);
    }
    interpreter.marked = MarkedContent::default();
    for_each_appearance(page.raw(), |form, placed| {
        interpreter.state = State::new(placed.then(&initial));
        interpreter.draw_form(form, page.resources(), 0);
    });
    interpreter.shown
}

/// The layers (optional content groups) that a document doesn't show, by their object numbers.
#[derive(Default)]
pub(super) struct HiddenLayers(pub Vec<u32>);

impl HiddenLayers {
    /// Whether the layer that `properties` has under `name` is hidden.
    fn hides(&self, properties: &Dict<'_>, name: &[u8]) -> bool {
        !self.0.is_empty()
            && properties
                .get_ref(name)
                .is_some_and(|layer| self.0.contains(&layer.obj_number))
    }
}

/// The part of the graphics state that text depends on.
#[derive(Clone)]
struct State<'a> {
    to_page: Matrix,
    font: Option<Rc<TextFont<'a>>>,
    font_size: f64,
    character_spacing: f64,
    word_spacing: f64,
    horizontal_scale: f64,
    leading: f64,
    rise: f64,
}

impl State<'_> {
    fn new(to_page: Matrix) -> Self {
        Self {
            to_page,
            font: None,
            font_size: 1.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            horizontal_scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

struct Interpreter<'f, 'a> {
    fonts: &'f Fonts<'a>,
    hidden: &'f HiddenLayers,
    /// For each content stream that is being read, its fonts by name
    fonts_by_name: Vec<HashMap<Vec<u8>, Option<Rc<TextFont<'a>>>>>,
    state: State<'a>,
    saved: Vec<State<'a>>,
    text_matrix: Matrix,
    line_matrix: Matrix,
    marked: MarkedContent,
    operators: usize,
    shown: Shown,
}

impl<'a> Interpreter<'_, 'a> {
    fn run(&mut self, bytes: &[u8], resources: &Resources<'a>, depth: usize) {
        let saved_outside = self.saved.len();
        self.fonts_by_name.push(HashMap::new());
        let mut instructions = TypedIter::new(bytes);
        while let Some(instruction) = instructions.next() {
            self.operators += 1;
            if self.operators > MAX_OPERATORS || self.shown.glyphs.len() > MAX_GLYPHS {
                break;
            }
            self.follow(instruction, resources, depth, saved_outside);
        }
        self.fonts_by_name.pop();
        self.saved.truncate(saved_outside);
    }

    fn follow(
        &mut self,
        instruction: TypedInstruction<'_, '_>,
        resources: &Resources<'a>,
        depth: usize,
        saved_outside: usize,
    ) {
        use TypedInstruction as I;
        match instruction {
            I::SaveState(_) if self.saved.len() < MAX_SAVED_STATES => self.saved.push(self.state.clone()),
            I::RestoreState(_) if self.saved.len() > saved_outside => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            I::Transform(t) => {
                let matrix = Matrix::new([t.0, t.1, t.2, t.3, t.4, t.5].map(|number| number.as_f64()));
                self.state.to_page = matrix.then(&self.state.to_page);
            }
            I::XObject(object) => self.draw(object.0, resources, depth),
            I::InlineImage(_) => self.count_image(),
            I::BeginMarkedContent(begin) => self.marked.begin(begin.0, None, false),
            I::BeginMarkedContentWithProperties(begin) => {
                self.begin_marked(begin.0, begin.1, resources);
            }
            I::EndMarkedContent(_) => {
                let glyphs = &mut self.shown.glyphs;
                self.marked.end(glyphs);
            }
            text => self.follow_text(text, resources),
        }
    }

    fn follow_text(&mut self, instruction: TypedInstruction<'_, '_>, resources: &Resources<'a>) {
        use TypedInstruction as I;
        match instruction {
            I::BeginText(_) => self.set_text_matrix(Matrix::IDENTITY),
            I::CharacterSpacing(spacing) => self.state.character_spacing = spacing.0.as_f64(),
            I::WordSpacing(spacing) => self.state.word_spacing = spacing.0.as_f64(),
            I::HorizontalScaling(scale) => self.state.horizontal_scale = scale.0.as_f64() / 100.0,
            I::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
            I::TextRise(rise) => self.state.rise = rise.0.as_f64(),
            I::TextFont(font) => {
                self.state.font = self.font(font.0, resources);
                self.state.font_size = font.1.as_f64();
            }
            I::SetGraphicsState(name) => self.set_graphics_state(name.0, resources),
            I::SetTextMatrix(t) => {
                self.set_text_matrix(Matrix::new(
                    [t.0, t.1, t.2, t.3, t.4, t.5].map(|number| number.as_f64()),
                ));
            }
            I::NextLine(step) => self.next_line(step.0.as_f64(), step.1.as_f64()),
            I::NextLineAndSetLeading(step) => {
                self.state.leading = -step.1.as_f64();
                self.next_line(step.0.as_f64(), step.1.as_f64());
            }
            I::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            I::ShowText(text) => self.show(text.0.as_bytes()),
            I::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show(text.0.as_bytes());
            }
            I::ShowTextWithParameters(text) => {
                self.state.word_spacing = text.0.as_f64();
                self.state.character_spacing = text.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(text.2.as_bytes());
            }
            I::ShowTexts(texts) => self.show_all(texts.0),
            _ => {}
        }
    }

    fn set_text_matrix(&mut self, matrix: Matrix) {
        self.text_matrix = matrix;
        self.line_matrix = matrix;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_text_matrix(Matrix::translation(x, y).then(&self.line_matrix));
    }

    /// Shows strings with the adjustments between them, which are in thousandths of an em.
    fn show_all(&mut self, texts: &Array<'_>) {
        for item in texts.iter::<Object<'_>>() {
            match item {
                Object::String(text) => self.show(text.as_bytes()),
                Object::Number(adjustment) => self.adjust(adjustment),
                _ => {}
            }
        }
    }

    fn adjust(&mut self, adjustment: Number) {
        let step = -adjustment.as_f64() / 1000.0 * self.state.font_size * self.state.horizontal_scale;
        self.text_matrix = Matrix::translation(step, 0.0).then(&self.text_matrix);
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        let state = &self.state;
        let (size, scale) = (state.font_size, state.horizontal_scale);
        if size == 0.0 {
            return;
        }
        let glyph_to_text = Matrix::new([size * scale, 0.0, 0.0, size, 0.0, state.rise]);
        for code in font.codes(bytes) {
            let to_page = glyph_to_text.then(&self.text_matrix).then(&self.state.to_page);
            let word_spacing = if code.is_word_space {
                self.state.word_spacing
            } else {
                0.0
            };
            // Letters set apart stay one word: the spacing between characters counts as their width, short
            // of what would be a gap between words in any text.
            let spacing = self.state.character_spacing;
            let tracking = if spacing.abs() < size.abs() {
                spacing / size
            } else {
                0.0
            };
            self.add(code.text, &to_page, code.advance + tracking, font.em);
            let step = (code.advance * size + spacing + word_spacing) * scale;
            self.text_matrix = Matrix::translation(step, 0.0).then(&self.text_matrix);
        }
    }

    fn add(&mut self, text: String, to_page: &Matrix, advance: f64, em: f64) {
        if self.marked.is_hidden() {
            return;
        }
        if text.is_empty() {
            self.shown.unreadable += 1;
            // Within text that the file spells out, even a code that means nothing takes up place.
            if !self.marked.is_spelled_out() {
                return;
            }
        }
        if let Some(mut glyph) = Glyph::place(text, to_page, advance, self.marked.is_artifact()) {
            glyph.size *= em;
            self.marked.keep_start(self.shown.glyphs.len());
            self.shown.glyphs.push(glyph);
        }
    }

    /// An image fills the unit square.
    fn count_image(&mut self) {
        self.shown.images += 1;
        self.shown.largest_image = self.shown.largest_image.max(self.state.to_page.scale_of_area());
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Option<Rc<TextFont<'a>>> {
        let fonts = self.fonts;
        let read = || fonts.font(&resources.get_font(name)?);
        match self.fonts_by_name.last_mut() {
            Some(known) => known.entry(name.as_ref().to_vec()).or_insert_with(read).clone(),
            None => read(),
        }
    }

    /// A graphics state can set the font too.
    fn set_graphics_state(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(font) = resources
            .get_ext_g_state(name)
            .and_then(|state| state.get::<Array<'a>>("Font"))
        else {
            return;
        };
        let mut items = font.flex_iter();
        if let (Some(dictionary), Some(size)) = (items.next::<Dict<'a>>(), items.next::<f64>()) {
            self.state.font = self.fonts.font(&dictionary);
            self.state.font_size = size;
        }
    }

    fn begin_marked(&mut self, tag: &Name<'_>, properties: &Object<'_>, resources: &Resources<'a>) {
        match properties {
            Object::Dict(dictionary) => self.marked.begin(tag, Some(dictionary), false),
            Object::Name(name) => {
                let hidden = tag.as_ref() == b"OC" && self.hidden.hides(&resources.properties, name);
                let dictionary = resources.properties.get::<Dict<'_>>(name);
                self.marked.begin(tag, dictionary.as_ref(), hidden);
            }
            _ => self.marked.begin(tag, None, false),
        }
    }

    /// Draws an external object: an image is counted, a form read.
    fn draw(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: usize) {
        let Some(object) = resources.get_x_object(name) else {
            return;
        };
        if self.hidden.hides(object.dict(), b"OC") {
            return;
        }
        match object.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.count_image(),
            Some(b"Form") => {
                let outside = self.state.clone();
                let text_matrices = (self.text_matrix, self.line_matrix);
                self.draw_form(&object, resources, depth);
                self.state = outside;
                (self.text_matrix, self.line_matrix) = text_matrices;
            }
            _ => {}
        }
    }

    fn draw_form(&mut self, form: &Stream<'a>, resources: &Resources<'a>, depth: usize) {
        if depth >= MAX_DEPTH {
            return;
        }
        let Ok(bytes) = form.decoded_data() else { return };
        if let Some(matrix) = form.dict().get::<[f64; 6]>("Matrix") {
            self.state.to_page = Matrix::new(matrix).then(&self.state.to_page);
        }
        // A form without resources of its own uses those of the page.
        let own = form.dict().get::<Dict<'a>>("Resources").map(Resources::new);
        self.run(&bytes, own.as_ref().unwrap_or(resources), depth + 1);
    }
}

// Appearances of annotations: what form fields and notes show on the page.

/// How many annotations of a page are looked at.
const MAX_ANNOTATIONS: usize = 5_000;
/// The flags of an annotation that isn't shown: hidden, no view.
const HIDDEN: u32 = 1 << 1 | 1 << 5;

/// Calls `show` with each form that an annotation of the page shows, and the transform that places it.
fn for_each_appearance<'a>(page: &Dict<'a>, mut show: impl FnMut(&Stream<'a>, Matrix)) {
    let Some(annotations) = page.get::<Array<'a>>("Annots") else {
        return;
    };
    for annotation in annotations.iter::<Dict<'a>>().take(MAX_ANNOTATIONS) {
        if let Some((form, placed)) = appearance(&annotation) {
            show(&form, placed);
        }
    }
}

fn appearance<'a>(annotation: &Dict<'a>) -> Option<(Stream<'a>, Matrix)> {
    let kind = annotation.get::<Name<'_>>("Subtype")?;
    // What a pop-up or a link shows is no text of the page.
    if !matches!(kind.as_ref(), b"Widget" | b"FreeText" | b"Stamp") {
        return None;
    }
    if annotation.get::<u32>("F").unwrap_or(0) & HIDDEN != 0 {
        return None;
    }
    let appearances = annotation.get::<Dict<'a>>("AP")?;
    let form = appearances.get::<Stream<'a>>("N").or_else(|| {
        // One for each state of a check box
        let state = annotation.get::<Name<'_>>("AS")?;
        appearances
            .get::<Dict<'a>>("N")?
            .get::<Stream<'a>>(state.as_ref())
    })?;
    let placed = placement(&form, annotation.get::<Rect>("Rect")?)?;
    Some((form, placed))
}

/// The transform that puts the form's box, as its own matrix turns it, into the annotation's rectangle.
fn placement(form: &Stream<'_>, rectangle: Rect) -> Option<Matrix> {
    let matrix = form
        .dict()
        .get::<[f64; 6]>("Matrix")
        .map_or(Matrix::IDENTITY, Matrix::new);
    let bounds = form.dict().get::<Rect>("BBox")?;
    let corners = [
        matrix.apply(bounds.x0, bounds.y0),
        matrix.apply(bounds.x1, bounds.y0),
        matrix.apply(bounds.x0, bounds.y1),
        matrix.apply(bounds.x1, bounds.y1),
    ];
    let left = corners
        .iter()
        .map(|corner| corner.0)
        .fold(f64::INFINITY, f64::min);
    let right = corners
        .iter()
        .map(|corner| corner.0)
        .fold(f64::NEG_INFINITY, f64::max);
    let low = corners
        .iter()
        .map(|corner| corner.1)
        .fold(f64::INFINITY, f64::min);
    let high = corners
        .iter()
        .map(|corner| corner.1)
        .fold(f64::NEG_INFINITY, f64::max);
    if right <= left || high <= low {
        return None;
    }
    let across = (rectangle.x1 - rectangle.x0) / (right - left);
    let up = (rectangle.y1 - rectangle.y0) / (high - low);
    Some(Matrix::new([
        across,
        0.0,
        0.0,
        up,
        rectangle.x0 - left * across,
        rectangle.y0 - low * up,
    ]))
}
