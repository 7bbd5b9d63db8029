//! A file read into its articles: what it is, what it is packed into, which reader takes it.

use crate::archive::apart;
use crate::archive::container::compressed;
use crate::archive::container::members::EachMember;
use crate::archive::container::{tarball, zipped};
use crate::archive::detect;
use crate::archive::detect::{Compression, Content};
use crate::archive::fields::Share;
use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::format::Format;
#[cfg(feature = "pdf")]
use crate::archive::formats::pdf;
use crate::archive::formats::{
    feed, mail, media_wiki, news_item, office, table, telegram, web_archive, wordpress,
};
use crate::archive::input::standard_input::StandardInput;
use crate::archive::input::transcode;
use crate::archive::input::transcode::Transcoded;
use crate::archive::input::{Expansion, Input, MAX_ARTICLE_BYTES, MAX_EXPANSION, Meter, Watched};
use crate::archive::json::lines;
use crate::archive::left_aside::LeftAside;
use crate::archive::page::PageArticles;
use crate::archive::plain::{markdown, text};
use crate::archive::read_article::ReadArticle;
use crate::archive::{json, page};
use crate::encoding;
use crate::encoding::{Charset, Decoded, Hints};
use crate::error::{ArticleError, Problem, containment};
use crate::markup::html;
use std::fs::File;
use std::io::{self, BufRead};
use std::panic::resume_unwind;
use std::path::Path;

/// How many archives may lie in one another.
const MAX_ARCHIVES: u8 = 2;

/// How many compressed streams may lie in one another.
const MAX_STREAMS: u8 = 2;

impl ArchiveFile {
    /// Reads the file and hands every article, or what is wrong with it, to `each`, in the order of
    /// the file. Returns which members of a container were left aside.
    ///
    /// Nothing is skipped silently but blank lines. Memory is bounded by the longest article, see
    /// [`MAX_ARTICLE_BYTES`](crate::archive::MAX_ARTICLE_BYTES).
    pub fn read(&self, each: &mut dyn FnMut(Result<ReadArticle, ArticleError>)) -> LeftAside {
        self.read_here(&|| false, each)
    }

    /// Does as [`ArchiveFile::read`], but no longer than until `is_stopped` says so, which is asked
    /// several times a second whatever is being read; nothing is handed out then.
    ///
    /// It reads in another thread. An article that takes longer than
    /// [`time_limit`](ArchiveFile::time_limit), waiting for the file not counted, ends the file
    /// with [`Problem::TooSlow`].
    pub fn read_until(
        &self,
        is_stopped: &dyn Fn() -> bool,
        each: &mut dyn FnMut(Result<ReadArticle, ArticleError>),
    ) -> LeftAside {
        apart::read(self, is_stopped, each)
    }

    /// Reads in this thread. Once `is_stopped` says so the file seems to end; what comes then is
    /// not to be used, as it may be half an article.
    pub(crate) fn read_here(
        &self,
        is_stopped: &dyn Fn() -> bool,
        each: &mut dyn FnMut(Result<ReadArticle, ArticleError>),
    ) -> LeftAside {
        let meter = Meter::default();
        let mut reader = Reader {
            is_stopped,
            meter: &meter,
            each,
            left_aside: LeftAside::default(),
            is_delivering: false,
        };
        if self.is_standard_input() {
            let input = Watched::packed(StandardInput::open(is_stopped), is_stopped, &meter);
            reader.stream(self, Input::new(input, None), Depth::default());
        } else {
            match File::open(&self.path) {
                Ok(file) => {
                    let input = Watched::packed(file, is_stopped, &meter);
                    let input = Input::new(input, Some(self.size_bytes));
                    reader.stream(self, input, Depth::default());
                }
                Err(error) => reader.fail(self, error),
            }
        }
        reader.left_aside
    }
}

/// A reader of a format that is text and may be long.
type TextReader =
    fn(&ArchiveFile, Box<dyn BufRead + '_>, &mut dyn FnMut(Result<ReadArticle, Flaw>));

/// What a stream lies in.
#[derive(Debug, Clone, Copy, Default)]
struct Depth {
    archives: u8,
    streams: u8,
}

struct Reader<'a> {
    is_stopped: &'a dyn Fn() -> bool,
    meter: &'a Meter,
    each: &'a mut dyn FnMut(Result<ReadArticle, ArticleError>),
    left_aside: LeftAside,
    /// Whether an article is with `each`, whose panics are not ours to catch.
    is_delivering: bool,
}

impl Reader<'_> {
    /// Reads a stream, whatever it is.
    fn stream(&mut self, file: &ArchiveFile, input: Input<'_>, depth: Depth) {
        let name = compressed_name(file.file_name(), depth);
        // What reads foreign formats is in part not ours: its panic costs one member, not the run.
        // Nothing of what it touched is used afterwards.
        let read = containment::contained(|| self.named_stream(file, &name, input, depth));
        match read {
            Err(panic) if self.is_delivering => resume_unwind(panic),
            Err(_) => self.fail(file, Problem::ParserFailed),
            Ok(()) => {}
        }
    }

    fn named_stream(&mut self, file: &ArchiveFile, name: &str, mut input: Input<'_>, depth: Depth) {
        let head = match input.head() {
            Ok(head) => head,
            Err(error) => return self.fail(file, error),
        };
        let content = detect::content(head, Path::new(name));
        let is_text = detect::is_text(head);
        match (content, file.forced_format) {
            (Some(Content::Compressed(compression)), _) => {
                self.compressed(file, compression, input, depth);
            }
            (Some(Content::Tar), _) => {
                self.archive(file, depth, &mut |each| {
                    tarball::members(&mut input, each);
                });
            }
            (Some(Content::Zip), _) => self.zip(file, input, depth),
            (_, Some(format)) | (Some(Content::Articles(format)), None) => {
                self.articles(file, format, input);
            }
            (None, None) if file.is_given && is_text => self.articles(file, Format::Text, input),
            (None, None) if file.is_given => self.fail(file, Problem::Unsupported),
            (None, None) => self.left_aside.add_file(Path::new(file.file_name())),
        }
    }

    fn compressed(
        &mut self,
        file: &ArchiveFile,
        compression: Compression,
        input: Input<'_>,
        depth: Depth,
    ) {
        if depth.streams == MAX_STREAMS {
            return self.fail(file, Problem::NestedContainers);
        }
        let depth = Depth {
            streams: depth.streams + 1,
            ..depth
        };
        match compressed::unpacked(compression, input) {
            Ok(unpacked) => {
                let watched = Watched::unpacked(unpacked, self.is_stopped, self.meter);
                self.stream(file, Input::new(watched, None), depth);
            }
            Err(error) => self.fail(file, error),
        }
    }

    /// A file on the disk can be searched; what comes as a stream cannot.
    fn zip(&mut self, file: &ArchiveFile, mut input: Input<'_>, depth: Depth) {
        let is_on_disk = depth.archives + depth.streams == 0 && !file.is_standard_input();
        let (is_stopped, meter) = (self.is_stopped, self.meter);
        self.archive(file, depth, &mut |each| {
            if !is_on_disk {
                return zipped::members_of_stream(&mut input, each);
            }
            match File::open(&file.path) {
                Ok(opened) => {
                    let watched = Watched::packed(opened, is_stopped, meter);
                    zipped::members(io::BufReader::new(watched), each);
                }
                Err(error) => each("", Err(error.into())),
            }
        });
    }

    fn archive(
        &mut self,
        file: &ArchiveFile,
        depth: Depth,
        members: &mut dyn FnMut(&mut EachMember<'_>),
    ) {
        if depth.archives == MAX_ARCHIVES {
            return self.fail(file, Problem::NestedContainers);
        }
        let depth = Depth {
            archives: depth.archives + 1,
            streams: 0,
        };
        members(&mut |path, content| {
            if (self.is_stopped)() {
                return;
            }
            match content {
                Ok(content) if detect::candidate(Path::new(path)) == detect::Candidate::No => {
                    // Not read, so that pictures cost nothing; what hands out a stream passes over
                    // it.
                    let _ = content;
                    self.left_aside.add_file(Path::new(path));
                }
                Ok(content) => {
                    let watched = Watched::unpacked(content, self.is_stopped, self.meter);
                    self.stream(&file.member(path), Input::new(watched, None), depth);
                }
                Err(flaw) if path.is_empty() => self.fail(file, flaw.problem),
                Err(flaw) => self.fail(&file.member(path), flaw.problem),
            }
        });
    }

    fn articles(&mut self, file: &ArchiveFile, format: Format, mut input: Input<'_>) {
        match format {
            Format::JsonLines => lines::articles(file, &mut input, &mut |read| {
                self.deliver(file, format, read);
            }),
            Format::Json if is_utf8_stream(file, &mut input) => {
                encoding::skip_mark(&mut input);
                json::articles(file, &mut input, &mut |read| {
                    self.deliver(
                        file,
                        format,
                        read.map(|read| ReadArticle {
                            encoding: Some(Charset::UTF_8.name()),
                            ..read
                        }),
                    );
                });
            }
            Format::Csv => self.transcoded(file, format, &mut input, table::articles),
            Format::Feed => self.transcoded(file, format, &mut input, feed::articles),
            Format::WordPress => self.transcoded(file, format, &mut input, wordpress::articles),
            Format::NewsMl => self.transcoded(file, format, &mut input, news_item::newsml_articles),
            Format::Nitf => self.transcoded(file, format, &mut input, news_item::nitf_articles),
            Format::MediaWiki => self.transcoded(file, format, &mut input, media_wiki::articles),
            Format::Warc => web_archive::warc_articles(file, &mut input, &mut |record, read| {
                self.deliver(record, format, read);
            }),
            Format::Arc => web_archive::arc_articles(file, &mut input, &mut |record, read| {
                self.deliver(record, format, read);
            }),
            Format::Mbox => mail::mailbox_articles(file, &mut input, &mut |read| {
                self.deliver(file, format, read);
            }),
            _ => match whole(file, &mut input) {
                Ok(bytes) => self.whole(&named_by_content(file, &bytes), format, &bytes),
                Err(flaw) => self.deliver(file, format, Err(flaw)),
            },
        }
    }

    /// Reads a format that is read whole: it is one article, or its articles hang together.
    fn whole(&mut self, file: &ArchiveFile, format: Format, bytes: &[u8]) {
        let read = match format {
            Format::Mail => mail::article(file, bytes, Share::Whole),
            Format::Mhtml => mail::page_article(file, bytes),
            Format::Docx => office::docx_article(file, bytes),
            Format::Odt => office::odt_article(file, bytes),
            #[cfg(feature = "pdf")]
            Format::Pdf => pdf::article(file, bytes),
            #[cfg(not(feature = "pdf"))]
            Format::Pdf => Err(Problem::WithoutFeature { feature: "pdf" }.into()),
            _ => return self.text(file, format, bytes),
        };
        self.deliver(file, format, read);
    }

    /// Reads a format that comes as a stream of text.
    fn transcoded(
        &mut self,
        file: &ArchiveFile,
        format: Format,
        input: &mut Input<'_>,
        articles: TextReader,
    ) {
        match transcode::transcoded(input, file.forced_charset) {
            Ok(Transcoded {
                stream,
                encoding,
                mut doubts,
            }) => articles(file, stream, &mut |read| {
                let read = read.map(|mut read| {
                    read.encoding = Some(encoding);
                    read.doubts.append(&mut doubts);
                    read
                });
                self.deliver(file, format, read);
            }),
            Err(flaw) => self.deliver(file, format, Err(flaw)),
        }
    }

    fn text(&mut self, file: &ArchiveFile, format: Format, bytes: &[u8]) {
        let declared = match format {
            Format::Html | Format::TelegramHtml => encoding::declared_label(bytes),
            _ => None,
        };
        let hints = Hints {
            forced: file.forced_charset,
            declared: declared.as_deref(),
            around: None,
        };
        match encoding::decode(bytes, hints) {
            Ok(decoded) => self.decoded(file, format, decoded),
            Err(problem) => self.fail(file, problem),
        }
    }

    /// Reads the articles of a decoded file; what decoding left in doubt stands by the first.
    fn decoded(&mut self, file: &ArchiveFile, format: Format, decoded: Decoded<'_>) {
        let Decoded {
            text,
            encoding,
            mut doubts,
        } = decoded;
        let mut decoded = |mut read: ReadArticle| {
            read.encoding = Some(encoding);
            read.doubts.append(&mut doubts);
            read
        };
        if format == Format::Html {
            return match page::articles(file, &text) {
                Ok(PageArticles::One(read)) => self.deliver(file, format, Ok(decoded(*read))),
                Ok(PageArticles::Many(items)) => {
                    for item in items.articles {
                        let file = file.member(&item.place);
                        self.deliver(&file, format, Ok(decoded(item.read)));
                    }
                    for _ in 0..items.passed_over {
                        let kind = "items without a headline or text";
                        self.deliver(file, format, Err(Problem::PassedOver { kind }.into()));
                    }
                }
                Err(flaw) => self.deliver(file, format, Err(flaw)),
            };
        }
        let mut each = |result: Result<ReadArticle, Flaw>| {
            self.deliver(file, format, result.map(&mut decoded));
        };
        match format {
            Format::Markdown => each(markdown::article(file, &text)),
            Format::TelegramHtml => telegram::articles(file, &text, &mut each),
            Format::Json => json::articles(file, &mut text.as_bytes(), &mut each),
            // A text that is no UTF-8 may have come out of a converter.
            _ if encoding != Charset::UTF_8.name() => {
                each(text::article(file, &html::without_references(&text)));
            }
            _ => each(text::article(file, &text)),
        }
    }

    fn deliver(&mut self, file: &ArchiveFile, format: Format, result: Result<ReadArticle, Flaw>) {
        match result {
            Ok(mut read) => {
                read.format = Some(format);
                read.repair_texts();
                read.check_text();
                read.inner_path.clone_from(&file.inner_path);
                read.article.path = file.article_path();
                self.hand_out(Ok(read));
            }
            Err(Flaw {
                problem: Problem::PassedOver { kind },
                ..
            }) => self.left_aside.add_record(kind),
            Err(flaw) => {
                let problem = named_cause(flaw.problem);
                self.hand_out(Err(file.error(Flaw { problem, ..flaw })));
            }
        }
    }

    fn hand_out(&mut self, result: Result<ReadArticle, ArticleError>) {
        self.is_delivering = true;
        containment::uncontained(|| (self.each)(result));
        self.is_delivering = false;
    }

    fn fail(&mut self, file: &ArchiveFile, problem: impl Into<Problem>) {
        let problem = named_cause(problem.into());
        self.hand_out(Err(file.error(problem.into())));
    }
}

/// JSON in UTF-8 is read as a stream; what is named by its content, or in another encoding, as a
/// whole.
fn is_utf8_stream(file: &ArchiveFile, input: &mut Input<'_>) -> bool {
    let is_forced = file
        .forced_charset
        .is_some_and(|charset| charset != Charset::UTF_8);
    !is_forced && !file.is_standard_input() && encoding::is_utf8_head(input.head())
}

/// Reads all of a stream. A file that is too large is not begun.
fn whole(file: &ArchiveFile, input: &mut Input<'_>) -> Result<Vec<u8>, Flaw> {
    if file.inner_path.is_none() && file.size_bytes > MAX_ARTICLE_BYTES {
        return Err(Problem::TooLarge {
            size_bytes: file.size_bytes,
            max_bytes: MAX_ARTICLE_BYTES,
        }
        .into());
    }
    input.whole()
}

/// Says what an error of reading means, where it is not the system that failed.
fn named_cause(problem: Problem) -> Problem {
    let Problem::Unreadable(error) = problem else {
        return problem;
    };
    let inner = error.get_ref();
    if inner.is_some_and(<dyn std::error::Error + Send + Sync>::is::<Expansion>) {
        return Problem::Expands {
            max_times: MAX_EXPANSION,
        };
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Problem::Truncated,
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Problem::BrokenArchive {
            reason: error.to_string(),
        },
        io::ErrorKind::Other if error.raw_os_error().is_none() => Problem::BrokenArchive {
            reason: error.to_string(),
        },
        _ => Problem::Unreadable(error),
    }
}

/// Returns the name that tells the format: without `.gz` once that is taken off.
fn compressed_name(name: &str, depth: Depth) -> String {
    (0..depth.streams).fold(name.to_owned(), |name, _| compressed::inner_name(&name))
}

/// The standard input has no name of its own, so the content makes one: another page is another
/// article.
fn named_by_content(file: &ArchiveFile, bytes: &[u8]) -> ArchiveFile {
    let mut file = file.clone();
    if file.is_standard_input() && file.inner_path.is_none() {
        let hash: String = blake3::hash(bytes).to_hex().chars().take(12).collect();
        file.name = format!("{}#{hash}", file.name);
    }
    file
}
