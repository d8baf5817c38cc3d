//! Builds small PDF files, object by object.

/// A PDF file in the making. Object 1 is the catalog, 2 the page tree, 3 the font that pages call `/F1`.
pub struct MadePdf {
    /// The objects from number 1 on; those of the catalog and the page tree are written last
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    /// More entries of the catalog
    pub catalog: String,
    /// More entries of the trailer
    pub trailer: String,
    /// More entries of each page's resources
    pub resources: String,
    /// More entries of each page
    pub page: String,
}

impl MadePdf {
    pub fn new() -> Self {
        let font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
        Self {
            objects: vec![Vec::new(), Vec::new(), font.to_vec()],
            pages: Vec::new(),
            catalog: String::new(),
            trailer: String::new(),
            resources: String::new(),
            page: String::new(),
        }
    }

    /// Adds an object and gives its number.
    pub fn object(&mut self, text: &str) -> usize {
        self.objects.push(text.as_bytes().to_vec());
        self.objects.len()
    }

    /// Adds a stream and gives its number.
    pub fn stream(&mut self, entries: &str, bytes: &[u8]) -> usize {
        let mut object = format!("<< {entries} /Length {} >>\nstream\n", bytes.len()).into_bytes();
        object.extend_from_slice(bytes);
        object.extend_from_slice(b"\nendstream");
        self.objects.push(object);
        self.objects.len()
    }

    /// Adds a page of 600 by 800 points with this content.
    pub fn page(&mut self, content: impl AsRef<[u8]>) -> &mut Self {
        let content = self.stream("", content.as_ref());
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R {} \
             /Resources << /Font << /F1 3 0 R >> {} >> >>",
            self.page, self.resources
        );
        let page = self.object(&page);
        self.pages.push(page);
        self
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut objects = self.objects.clone();
        let kids: String = self.pages.iter().map(|page| format!("{page} 0 R ")).collect();
        objects[0] = format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into_bytes();
        objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len()).into_bytes();
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for (index, object) in objects.iter().enumerate() {
            table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
            bytes.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
            bytes.extend_from_slice(object);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        let start = bytes.len();
        let count = objects.len() + 1;
        let trailer = format!(
            "trailer\n<< /Size {count} /Root 1 0 R {} >>\nstartxref\n{start}\n%%EOF\n",
            self.trailer
        );
        bytes.extend_from_slice(table.as_bytes());
        bytes.extend_from_slice(trailer.as_bytes());
        bytes
    }
}

/// Shows lines of text in the font `/F1`, from (x, y) down, `size` large and 1.2 times that apart.
pub fn lines(x: f64, y: f64, size: f64, lines: &[&str]) -> Vec<u8> {
    let mut content = format!("BT /F1 {size} Tf {} TL 1 0 0 1 {x} {y} Tm\n", 1.2 * size).into_bytes();
    for line in lines {
        content.push(b'(');
        content.extend(latin(line));
        content.extend_from_slice(b") Tj T*\n");
    }
    content.extend_from_slice(b"ET\n");
    content
}

/// Text in WinAnsiEncoding, as far as Latin-1 goes, with a backslash before what a string must escape.
pub fn latin(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for character in text.chars() {
        if matches!(character, '(' | ')' | '\\') {
            bytes.push(b'\\');
        }
        bytes.push(u8::try_from(u32::from(character)).expect("a Latin-1 character"));
    }
    bytes
}
