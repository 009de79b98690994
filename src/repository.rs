//! The book's repository on its host: where a reader goes to contribute.

use crate::dest;
use crate::diagnostics::Place;
use mdbook_preprocessor::config::Config;
use url::Url;

/// A repository that `book.toml` names in `git-repository-url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    url: Url,
    host: Host,
    branch: String,
    /// The book's root folder in the repository.
    root: String,
    /// The source folder in the book's.
    src: String,
    /// `edit-url-template`, by which mdBook makes the links of its own pages.
    template: Option<String>,
}

/// What the pages of a host are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Host {
    GitHub,
    GitLab,
    /// Forgejo and Codeberg too.
    Gitea,
}

impl Host {
    /// By how it edits a file, or else by its name.
    fn of(url: &Url, template: Option<&str>) -> Self {
        let has = |part| template.is_some_and(|template| template.contains(part));
        let name = url.host_str().unwrap_or_default();
        let named = |part| template.is_none() && name.contains(part);
        if has("/-/edit/") || named("gitlab") {
            Self::GitLab
        } else if has("/_edit/") || named("gitea") || named("forgejo") || named("codeberg") {
            Self::Gitea
        } else {
            Self::GitHub
        }
    }

    /// The pages that edit a file and that begin one.
    fn pages(self) -> (&'static str, &'static str) {
        match self {
            Self::GitHub => ("edit", "new"),
            Self::GitLab => ("-/edit", "-/new"),
            Self::Gitea => ("_edit", "_new"),
        }
    }
}

impl Repository {
    /// What `book.toml` says. The branch and the way to the book are read off
    /// `edit-url-template`, where there is one.
    pub fn from_config(config: &Config) -> Option<Self> {
        let html = config.html_config()?;
        let url = Url::parse(html.git_repository_url.as_deref()?).ok()?;
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        let template = html.edit_url_template;
        let host = Host::of(&url, template.as_deref());
        // https://host/owner/name/edit/BRANCH/FOLDERS/{path}; `{path}` begins
        // with the source folder.
        let (branch, root) = template
            .as_deref()
            .and_then(|template| template.split_once(&format!("/{}/", host.pages().0)))
            .and_then(|(_, rest)| rest.split_once("{path}"))
            .map(|(rest, _)| rest.trim_end_matches('/'))
            .map(|rest| rest.split_once('/').unwrap_or((rest, "")))
            .filter(|(branch, _)| !branch.is_empty())
            .unwrap_or(("main", ""));
        let src = config.book.src.to_string_lossy().replace('\\', "/");
        let src = src.trim_matches('/');
        Some(Self {
            host,
            branch: branch.to_owned(),
            root: root.to_owned(),
            src: if src == "." { "" } else { src }.to_owned(),
            url,
            template,
        })
    }

    /// Its address.
    pub fn address(&self) -> &str {
        self.url.as_str()
    }

    /// The address of the host's page for a new file, with its name and text
    /// filled in. `folder` is below the source folder.
    pub fn new_file(&self, folder: &str, name: &str, text: &str) -> String {
        let mut url = self.page(self.host.pages().1, &[&self.root, &self.src, folder]);
        let (name_key, text_key) = match self.host {
            Host::GitLab => ("file_name", "content"),
            Host::GitHub | Host::Gitea => ("filename", "value"),
        };
        url.query_pairs_mut()
            .append_pair(name_key, name)
            .append_pair(text_key, text);
        url.into()
    }

    /// The address of the host's page that edits a file of the book, at the line
    /// of the place where the host can do that.
    pub fn edit(&self, place: &Place) -> String {
        let file = place.shown();
        let mut url = match &self.template {
            // As mdBook does for its pages.
            Some(template) => template.replace("{path}", &dest::encoded(&file)),
            None => self
                .page(self.host.pages().0, &[&self.root, &file])
                .to_string(),
        };
        // Gitea's editor knows no lines.
        if let (Some((line, _)), Host::GitHub | Host::GitLab) = (place.line_column(), self.host)
            && !url.contains('#')
        {
            url.push_str(&format!("#L{line}"));
        }
        url
    }

    fn page(&self, page: &str, path: &[&str]) -> Url {
        let mut url = self.url.clone();
        let repository = url
            .path()
            .trim_end_matches('/')
            .trim_end_matches(".git")
            .to_owned();
        let path: Vec<_> = [page, &self.branch]
            .into_iter()
            .chain(path.iter().copied())
            .filter(|part| !part.is_empty())
            .collect();
        url.set_path(&format!("{repository}/{}", path.join("/")));
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Source;

    fn repository(html: &str) -> Option<Repository> {
        let config: Config = format!("[book]\nsrc = \"book\"\n[output.html]\n{html}")
            .parse()
            .unwrap();
        Repository::from_config(&config)
    }

    fn at(url: &str, template: &str) -> Repository {
        let template = match template {
            "" => String::new(),
            template => format!("edit-url-template = \"{template}\""),
        };
        repository(&format!("git-repository-url = \"{url}\"\n{template}")).unwrap()
    }

    #[test]
    fn a_new_file_lands_in_the_source_folder_of_the_branch_that_is_edited() {
        let new = |repository: Repository| repository.new_file("a/x", "you.md", "a&b\n");
        assert_eq!(
            new(at("https://github.com/o/r", "")),
            "https://github.com/o/r/new/main/book/a/x?filename=you.md&value=a%26b%0A"
        );
        assert_eq!(
            new(at(
                "https://github.com/o/r/",
                "https://github.com/o/r/edit/dev/docs/{path}"
            )),
            "https://github.com/o/r/new/dev/docs/book/a/x?filename=you.md&value=a%26b%0A"
        );
        assert_eq!(
            new(at("https://gitlab.com/o/r", "")),
            "https://gitlab.com/o/r/-/new/main/book/a/x?file_name=you.md&content=a%26b%0A"
        );
        // A host of one's own is known by how it edits.
        assert_eq!(
            new(at(
                "https://git.example.org/o/r.git",
                "https://git.example.org/o/r/-/edit/dev/{path}"
            )),
            "https://git.example.org/o/r/-/new/dev/book/a/x?file_name=you.md&content=a%26b%0A"
        );
        assert_eq!(
            new(at("https://codeberg.org/o/r", "")),
            "https://codeberg.org/o/r/_new/main/book/a/x?filename=you.md&value=a%26b%0A"
        );
        assert_eq!(
            repository("git-repository-url = \"javascript:alert(1)\""),
            None
        );
        assert_eq!(repository(""), None);
    }

    #[test]
    fn a_file_is_edited_at_its_line() {
        let place = Source::file("book/a b/é-c_d.md", "+++\n+++\ntext").at(8..12);
        let edit = |url, template| at(url, template).edit(&place);
        assert_eq!(
            edit("https://github.com/o/r.git", ""),
            "https://github.com/o/r/edit/main/book/a%20b/%C3%A9-c_d.md#L3"
        );
        assert_eq!(
            edit(
                "https://github.com/o/r",
                "https://github.com/o/r/edit/dev/docs/{path}"
            ),
            "https://github.com/o/r/edit/dev/docs/book/a%20b/%C3%A9-c_d.md#L3"
        );
        assert_eq!(
            edit("https://gitlab.com/o/r", ""),
            "https://gitlab.com/o/r/-/edit/main/book/a%20b/%C3%A9-c_d.md#L3"
        );
        assert_eq!(
            edit(
                "https://codeberg.org/o/r",
                "https://codeberg.org/o/r/_edit/main/{path}"
            ),
            "https://codeberg.org/o/r/_edit/main/book/a%20b/%C3%A9-c_d.md"
        );
        // A form that is not known is taken as it is.
        assert_eq!(
            edit("https://example.org/o/r", "https://x.org/?file={path}"),
            "https://x.org/?file=book/a%20b/%C3%A9-c_d.md#L3"
        );
        let whole = Place::file("book/x.toml");
        assert_eq!(
            at("https://github.com/o/r", "").edit(&whole),
            "https://github.com/o/r/edit/main/book/x.toml"
        );
    }
}
