//! The pictures of a book, from files of the book alone.

mod check;

use crate::dest::Dest;
use crate::diagnostics::{Diagnostic, Place, Source};
use crate::print::doc::{Image, ImageFile, ImageFormat, ImageId, Picture, Written};
use base64::Engine;
use std::collections::HashMap;
use std::path::PathBuf;

/// Loads each picture once.
pub struct Images {
    src: PathBuf,
    wants_words: bool,
    files: Vec<ImageFile>,
    known: HashMap<String, ImageId>,
    /// What was odd about the picture that is being loaded.
    complaints: Vec<Diagnostic>,
}

impl Images {
    pub fn new(src: PathBuf, wants_words: bool) -> Self {
        Self {
            // A book without a source folder has no pictures either.
            src: src.canonicalize().unwrap_or(src),
            wants_words,
            files: Vec::new(),
            known: HashMap::new(),
            complaints: Vec::new(),
        }
    }

    pub fn into_files(self) -> Vec<ImageFile> {
        self.files
    }

    /// Loads a picture, with complaints about what it lacks.
    pub fn load(
        &mut self,
        image: &Image<Written>,
        page: &str,
        source: &Source,
    ) -> Result<(ImageId, Vec<Diagnostic>), Diagnostic> {
        let (id, place) = match &image.picture {
            Picture::File(href) => {
                let place = source.at(href.at.clone());
                let id = self
                    .file(&href.dest, page)
                    .map_err(|problem| problem.at(place.clone()))?;
                (id, place)
            }
            Picture::Svg { svg, at } => {
                let place = source.at(first_line(svg, at.start));
                let file = ImageFile {
                    format: ImageFormat::Svg,
                    bytes: drawing(svg).into_bytes(),
                };
                let id = self
                    .add(file, "<svg>")
                    .map_err(|problem| problem.at(place.clone()))?;
                (id, place)
            }
        };
        let said = std::mem::take(&mut self.complaints);
        let mut said: Vec<_> = said
            .into_iter()
            .map(|said| said.at(place.clone()))
            .collect();
        if image.alt.is_none() {
            said.push(self.without_words(place));
        }
        Ok((id, said))
    }

    fn file(&mut self, dest: &str, page: &str) -> Result<ImageId, Diagnostic> {
        if let Some(data) = dest.strip_prefix("data:") {
            return self.data(data);
        }
        let path = match Dest::parse(dest, page) {
            Dest::Path { path, .. } => path,
            Dest::Root => dest.trim_start_matches('/').to_owned(),
            Dest::External => {
                return Err(Diagnostic::warning(format!(
                    "the image `{dest}` is on another host, and nothing is fetched while a book is built"
                ))
                .hint("put a copy beside the chapter, if its license allows"));
            }
            Dest::Fragment(_) => return Err(Diagnostic::warning("the image names no file")),
            Dest::Outside => {
                return Err(Diagnostic::warning(format!(
                    "the image `{dest}` is outside of the book"
                )));
            }
        };
        if let Some(id) = self.known.get(&path) {
            return Ok(*id);
        }
        let file = self.src.join(&path).canonicalize();
        let missing = |_| Diagnostic::warning(format!("the image `{path}` is not there"));
        let file = file.map_err(missing)?;
        // A link in the file system must not lead out either.
        if !file.starts_with(&self.src) {
            return Err(Diagnostic::warning(format!(
                "the image `{dest}` is outside of the book"
            )));
        }
        let bytes = std::fs::read(&file).map_err(|error| {
            Diagnostic::warning(format!("the image `{path}` cannot be read: {error}"))
        })?;
        let id = self.sniffed(bytes, &path)?;
        self.known.insert(path, id);
        Ok(id)
    }

    fn data(&mut self, data: &str) -> Result<ImageId, Diagnostic> {
        let odd = || Diagnostic::warning("this `data:` image cannot be read");
        let (kind, data) = data.split_once(',').ok_or_else(odd)?;
        let bytes = match kind.ends_with(";base64") {
            true => base64::engine::general_purpose::STANDARD
                .decode(data.trim())
                .map_err(|_| odd())?,
            false => percent_encoding::percent_decode_str(data).collect(),
        };
        self.sniffed(bytes, "data:")
    }

    fn sniffed(&mut self, bytes: Vec<u8>, path: &str) -> Result<ImageId, Diagnostic> {
        let format = sniff(&bytes).ok_or_else(|| {
            Diagnostic::warning(format!(
                "the image `{path}` is of no format that an edition can show"
            ))
            .hint("PNG, JPEG, GIF, WebP and SVG can be shown")
        })?;
        self.add(ImageFile { format, bytes }, path)
    }

    fn without_words(&self, place: Place) -> Diagnostic {
        let message = "the image has no alternative text";
        let diagnostic = match self.wants_words {
            true => Diagnostic::error(message),
            false => Diagnostic::warning(message),
        };
        diagnostic
            .at(place)
            .hint("say in words what it shows: `![words](file)`; for a mere decoration write `<img alt=\"\">`")
    }

    fn add(&mut self, mut file: ImageFile, name: &str) -> Result<ImageId, Diagnostic> {
        for reference in check::cut_references(&mut file) {
            self.complaints.push(
                Diagnostic::warning(format!(
                    "the image `{name}` shows another, `{reference}`, which is left out"
                ))
                .hint("put it into the drawing itself, as a `data:` address"),
            );
        }
        if let Some(same) = self.files.iter().position(|other| *other == file) {
            return Ok(ImageId(same));
        }
        if let Err(error) = check::readable(&file) {
            return Err(Diagnostic::warning(format!(
                "the image `{name}` cannot be shown: {error}"
            )));
        }
        self.files.push(file);
        Ok(ImageId(self.files.len() - 1))
    }
}

/// The format, by how the bytes begin.
fn sniff(bytes: &[u8]) -> Option<ImageFormat> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageFormat::Png)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some(ImageFormat::Jpeg)
    } else if bytes.starts_with(b"GIF8") {
        Some(ImageFormat::Gif)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(ImageFormat::Webp)
    } else {
        let text = std::str::from_utf8(bytes).ok()?;
        text.contains("<svg").then_some(ImageFormat::Svg)
    }
}

/// A drawing from a page as a file of its own.
fn drawing(svg: &str) -> String {
    match svg
        .split('>')
        .next()
        .is_some_and(|tag| tag.contains("xmlns="))
    {
        true => svg.to_owned(),
        false => svg.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1),
    }
}

/// The place of the first line of a drawing.
pub fn first_line(svg: &str, start: usize) -> std::ops::Range<usize> {
    start..start + svg.lines().next().map_or(0, str::len)
}
