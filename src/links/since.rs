//! What a change adds, as git tells it.

use super::collect::{All, Wanted};
use crate::diagnostics::{Diagnostic, Report};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The lines that a change adds, by file from the book's root, and what it takes
/// away.
#[derive(Debug, Default)]
pub struct Change {
    added: BTreeMap<String, Lines>,
    removed: String,
}

#[derive(Debug)]
enum Lines {
    All,
    Some(Vec<std::ops::Range<usize>>),
}

/// What has changed in the source folder since a revision; since the work on it
/// began, where the branches have parted.
pub fn change(root: &Path, src: &Path, revision: &str, report: &mut Report) -> Option<Change> {
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(root)
            .args(["-c", "core.quotePath=false"]);
        command.args(args).env("LC_ALL", "C");
        // Hooks set these for another work tree.
        command.env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
        command.output()
    };
    let mut run = |args: &[&str], failed: &str| match git(args) {
        Ok(output) if output.status.success() => {
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said
                .trim()
                .lines()
                .next_back()
                .unwrap_or_default()
                .to_owned();
            report.push(Diagnostic::error(failed).maybe_hint(Some(said).filter(|s| !s.is_empty())));
            None
        }
        Err(error) => {
            report.push(Diagnostic::error(format!("git cannot be run: {error}")));
            None
        }
    };
    // `--end-of-options`: a revision is never taken for an option.
    let commit = format!("{revision}^{{commit}}");
    let unknown = format!("git knows no revision `{revision}`");
    let verify = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ];
    let commit = run(&verify, &unknown)?.trim().to_owned();
    let base = git(&["merge-base", "HEAD", &commit])
        .ok()
        .filter(|o| o.status.success());
    let base = base.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let base = base.filter(|base| !base.is_empty()).unwrap_or(commit);
    let src = src.to_string_lossy();
    let diff = [
        "diff",
        "--unified=0",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--no-renames",
        "--relative",
        "--src-prefix=a/",
        "--dst-prefix=b/",
        &base,
        "--",
        &src,
    ];
    let diff = run(&diff, "git cannot tell what has changed")?;
    let new = [
        "ls-files",
        "--others",
        "--exclude-standard",
        "-z",
        "--",
        &src,
    ];
    let new = run(&new, "git cannot tell what is new")?;
    let mut change = Change::read(&diff);
    let new = new.split('\0').filter(|file| !file.is_empty());
    change
        .added
        .extend(new.map(|file| (file.to_owned(), Lines::All)));
    Some(change)
}

impl Change {
    /// Reads a unified diff without context.
    fn read(diff: &str) -> Self {
        let mut change = Self::default();
        let mut file = None;
        // Lines of the present hunk still to come: taken away, added.
        let mut left = (0usize, 0usize);
        for line in diff.lines() {
            match line.as_bytes().first() {
                Some(b'-') if left.0 > 0 => {
                    left.0 -= 1;
                    change.removed.push_str(&line[1..]);
                    change.removed.push('\n');
                }
                Some(b'+') if left.1 > 0 => left.1 -= 1,
                _ => {
                    if let Some(path) = line.strip_prefix("+++ ") {
                        file = path
                            .trim_end_matches('\t')
                            .strip_prefix("b/")
                            .map(str::to_owned);
                    } else if let Some((removed, added)) = hunk(line) {
                        left = (removed, added.len());
                        if let Some(file) = &file {
                            let lines = change.added.entry(file.clone());
                            if let Lines::Some(lines) = lines.or_insert(Lines::Some(Vec::new())) {
                                lines.push(added);
                            }
                        }
                    }
                }
            }
        }
        change
    }

    /// Leaves of all addresses those that the change has brought into the book:
    /// they stand on added lines alone, and on none that was taken away.
    pub fn only_added(&self, mut all: All) -> All {
        all.retain(|_, wanted| self.adds(wanted));
        all
    }

    fn adds(&self, wanted: &Wanted) -> bool {
        let fresh = wanted.places.iter().all(|place| {
            let line = place.line_column().map(|(line, _)| line);
            match (self.added.get(&place.shown()), line) {
                (Some(Lines::All), _) => true,
                (Some(Lines::Some(added)), Some(line)) => added.iter().any(|a| a.contains(&line)),
                _ => false,
            }
        });
        fresh
            && !wanted
                .written
                .iter()
                .any(|url| contains_url(&self.removed, url))
    }
}

/// Whether a text has an address that does not go on behind.
fn contains_url(text: &str, url: &str) -> bool {
    text.match_indices(url).any(|(at, _)| {
        let next = text[at + url.len()..].chars().next();
        next.is_none_or(|c| c.is_whitespace() || "\"'<>)]#,".contains(c))
    })
}

/// How many lines `@@ -a,b +c,d @@` takes away, and which it adds.
fn hunk(line: &str) -> Option<(usize, std::ops::Range<usize>)> {
    let (ranges, _) = line.strip_prefix("@@ -")?.split_once(" @@")?;
    let (old, new) = ranges.split_once(" +")?;
    let parts = |range: &str| -> Option<(usize, usize)> {
        match range.split_once(',') {
            Some((start, length)) => Some((start.parse().ok()?, length.parse().ok()?)),
            None => Some((range.parse().ok()?, 1)),
        }
    };
    let ((_, removed), (start, added)) = (parts(old)?, parts(new)?);
    Some((removed, start..start + added))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Source;

    #[test]
    fn a_diff_tells_the_lines_that_were_added() {
        let diff = "diff --git a/book/a.md b/book/a.md\n--- a/book/a.md\n+++ b/book/a.md\n@@ -1 +1,2 @@\n-see <https://old.example/x>\n+++ b/trap.md\n+see\n@@ -9,2 +10,0 @@ text\n---- a\n-gone\n@@ -20,0 +20 @@\n+new\n";
        let change = Change::read(diff);
        assert_eq!(change.removed, "see <https://old.example/x>\n--- a\ngone\n");
        assert_eq!(change.added.keys().collect::<Vec<_>>(), ["book/a.md"]);
        let text = "one\ntwo\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nnew\n";
        let source = Source::file("book/a.md", text);
        let at = |part: &str, url: &str| {
            let at = text.find(part).unwrap();
            change.adds(&Wanted {
                places: vec![source.at(at..at + 1)],
                written: vec![url.into()],
                ..Wanted::default()
            })
        };
        assert!(at("one", "https://new.example/"));
        assert!(at("new", "https://old.example/"));
        assert!(!at("new", "https://old.example/x"));
        assert!(!at("\n\nnew", "https://new.example/"));
    }
}
