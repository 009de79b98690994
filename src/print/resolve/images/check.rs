//! Whether a picture can be shown, at a cost that is bounded.

use crate::markdown::{Edits, tags};
use crate::print::doc::{ImageFile, ImageFormat};
use image::ImageReader;
use std::io::Cursor;
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

/// The most pixels that a picture may have. Each takes four bytes while it is
/// decoded, and a page of A4 at 600 dots an inch has half as many.
const MAX_PIXELS: u64 = 64_000_000;

/// Whether Typst can decode it. Its own error, later, would fail the edition
/// and name no place.
pub fn readable(file: &ImageFile) -> Result<(), String> {
    let raster = |format: ExchangeFormat| {
        bounded(file)?;
        let decoded = RasterImage::plain(Bytes::new(file.bytes.clone()), format);
        decoded.map(drop).map_err(|error| error.to_string())
    };
    match file.format {
        ImageFormat::Png => raster(ExchangeFormat::Png),
        ImageFormat::Jpeg => raster(ExchangeFormat::Jpg),
        ImageFormat::Gif => raster(ExchangeFormat::Gif),
        ImageFormat::Webp => raster(ExchangeFormat::Webp),
        // Typst keeps to itself what is wrong with a drawing.
        ImageFormat::Svg => SvgImage::new(Bytes::new(file.bytes.clone()))
            .map(drop)
            .map_err(|_| "it is not well-formed SVG".into()),
    }
}

/// Reads the size alone.
fn bounded(file: &ImageFile) -> Result<(), String> {
    let reader = ImageReader::new(Cursor::new(&file.bytes)).with_guessed_format();
    let size = reader.ok().and_then(|reader| reader.into_dimensions().ok());
    match size {
        Some((width, height)) if u64::from(width) * u64::from(height) > MAX_PIXELS => Err(format!(
            "it has {width} by {height} pixels, and more than {} million are too many",
            MAX_PIXELS / 1_000_000
        )),
        // What cannot be read at all, decoding says better.
        _ => Ok(()),
    }
}

/// Takes out of a drawing what it would fetch, and names it. A browser fetches
/// nothing for a drawing that is shown as an image, and Typst must not either.
pub fn cut_references(file: &mut ImageFile) -> Vec<String> {
    let mut cut = Vec::new();
    let Ok(svg) = std::str::from_utf8(&file.bytes) else {
        return cut;
    };
    if file.format != ImageFormat::Svg || !svg.contains("href") {
        return cut;
    }
    let mut edits = Edits::new(svg);
    for tag in tags(svg) {
        if !matches!(tag.name.as_str(), "image" | "feimage") {
            continue;
        }
        for attribute in tag.attributes {
            let is_within = ["#", "data:"]
                .iter()
                .any(|start| attribute.value.trim_start().starts_with(start));
            if matches!(attribute.name.as_str(), "href" | "xlink:href") && !is_within {
                edits.replace(attribute.span, "");
                cut.push(attribute.value);
            }
        }
    }
    file.bytes = edits.apply().into_bytes();
    cut
}
