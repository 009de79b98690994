//! The books that are checked: a small one, and the booklet itself.

use libtest_mimic::Failed;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The root of this repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program under test.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_mdbook-booklet"))
}

/// Runs a command that must succeed.
pub fn run(command: &mut Command) -> Result<Output, Failed> {
    let shown = format!("{command:?}");
    let output = command
        .output()
        .map_err(|error| format!("{shown}: {error}"))?;
    match output.status.success() {
        true => Ok(output),
        false => Err(format!(
            "{shown} failed\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
        .into()),
    }
}

/// What a command that must succeed writes.
pub fn said(command: &mut Command) -> Result<String, Failed> {
    Ok(String::from_utf8_lossy(&run(command)?.stdout).into_owned())
}

/// The booklet, built once into a folder of its own.
pub fn booklet() -> Result<&'static Path, Failed> {
    static BUILT: OnceLock<Result<TempDir, String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        for part in ["book", "theme", "book.toml"] {
            copy(&root().join(part), &folder.path().join(part))
                .map_err(|error| error.to_string())?;
        }
        let build = run(Command::new(program())
            .arg("build")
            .current_dir(folder.path()));
        build.map_err(|failed| failed.message().unwrap_or_default().to_owned())?;
        Ok(folder)
    });
    built
        .as_ref()
        .map(TempDir::path)
        .map_err(|error| error.clone().into())
}

/// A copy of the small booklet of the suite.
pub fn small() -> Result<TempDir, Failed> {
    let folder = tempfile::tempdir()?;
    copy(&root().join("tests/books/booklet"), folder.path())?;
    Ok(folder)
}

/// The small booklet with the look and the scripts of this one, and with texts
/// that try to be more than text; built.
pub fn hostile() -> Result<TempDir, Failed> {
    let book = small()?;
    copy(&root().join("theme"), &book.path().join("theme"))?;
    let src = book.path().join("src");
    let change = |file: &Path, from: &str, to: &str| -> Result<(), Failed> {
        let text = std::fs::read_to_string(file)?;
        assert!(text.contains(from), "{}", file.display());
        Ok(std::fs::write(file, text.replacen(from, to, 1))?)
    };
    change(
        &book.path().join("book.toml"),
        "[output.html]",
        "[output.html]\nadditional-css = [\"theme/booklet.css\"]\nadditional-js = [\"theme/booklet.js\", \"theme/practice.js\"]",
    )?;
    change(
        &src.join("SUMMARY.md"),
        "- [Questions]",
        "- [Practice](practice.md)\n- [Questions]",
    )?;
    std::fs::write(src.join("practice.md"), "# Practice\n\n{{#practice}}\n")?;
    // Its slug is the name of what every object in a script has.
    std::fs::write(
        src.join("questions/constructor.md"),
        "+++\nnumber = 3\ntitle = '<img src=x onerror=window.broken=1> & \"quotes\"'\nlevel = \"easy\"\n+++\n\nWhy?\n",
    )?;
    let answers = src.join("answers/constructor");
    std::fs::create_dir(&answers)?;
    for name in ["ada", "bob"] {
        let text = std::fs::read_to_string(src.join("answers/fraud/ada.md"))?;
        let text = text.replacen("Ada", "</summary><script>window.broken=1</script>", 1);
        std::fs::write(answers.join(name).with_extension("md"), text)?;
    }
    change(&src.join("links.md"), "# Links", "# Links\n\n{{#filter}}")?;
    change(
        &src.join("resources/hidden-debt.toml"),
        "year",
        "organization = '\"><script>window.broken=1</script>'\nyear",
    )?;
    run(Command::new(program())
        .arg("build")
        .current_dir(book.path()))?;
    Ok(book)
}

/// The booklet's PDF.
pub fn pdf() -> Result<PathBuf, Failed> {
    Ok(booklet()?.join("build/print/machine-learning-systems-design.pdf"))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if from.is_file() {
        return std::fs::copy(from, to).map(drop);
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
