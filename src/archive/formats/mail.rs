//! Mails and newsletters, alone or in a mailbox, and pages saved as MHTML.

use crate::archive::fields::Share;
use crate::archive::fields::record::Record;
use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::input::MAX_ARTICLE_BYTES;
use crate::archive::page;
use crate::archive::read_article::ReadArticle;
use crate::encoding;
use crate::encoding::{Decoded, Hints, encoded_words};
use crate::error::Problem;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders};
use std::io::{BufRead, Read};

/// Reads the article of one mail.
///
/// # Errors
///
/// Fails where there is neither a subject nor a text.
pub(crate) fn article(file: &ArchiveFile, bytes: &[u8], share: Share) -> Result<ReadArticle, Flaw> {
    let message = parsed(bytes)?;
    let mut fields = Record::default();
    fields.name(&[
        ("title", "Subject"),
        ("published", "Date"),
        ("author", "From"),
        ("source", "List-Id"),
        ("id", "Message-ID"),
    ]);
    let header = |name: &str| message.header_raw(name).map(encoded_words::decoded);
    fields.set("title", header("Subject"));
    fields.set("published", header("Date"));
    fields.set("author", header("From"));
    let list = header("List-Id").map(|list| list.split('<').next().unwrap_or_default().to_owned());
    fields.set(
        "source",
        list.map(|list| list.trim().trim_matches('"').to_owned()),
    );
    fields.set("lang", header("Content-Language"));
    if let Some(id) = message.message_id() {
        fields.set("id", Some(id));
    }
    // A newsletter has its text twice; the HTML knows paragraphs.
    let html = message.html_bodies().find(|part| part.is_text_html());
    let mut decoded = match html {
        Some(part) => vec![decoded_text(&message, part)?],
        None => message
            .text_bodies()
            .map(|part| decoded_text(&message, part))
            .collect::<Result<_, _>>()?,
    };
    let texts: Vec<&str> = decoded
        .iter()
        .map(|decoded| decoded.text.as_ref())
        .collect();
    let text = texts.join("\n\n");
    if html.is_some() {
        fields.name(&[("body", "text/html")]);
        fields.set_html("body", Some(text))?;
    } else {
        fields.name(&[("body", "text/plain")]);
        fields.set("body", Some(text));
    }
    let mut read = fields.article(file, share)?;
    for decoded in &mut decoded {
        read.encoding = Some(decoded.encoding);
        read.doubts.append(&mut decoded.doubts);
    }
    Ok(read)
}

/// Reads the mails of a mailbox one after another.
pub(crate) fn mailbox_articles(
    file: &ArchiveFile,
    input: &mut dyn BufRead,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let mut mail: Vec<u8> = Vec::new();
    let mut mail_line = 1;
    let mut is_too_large = false;
    let mut is_after_blank = true;
    let mut line = Vec::new();
    for line_number in 1_u64.. {
        line.clear();
        let read = input.take(MAX_ARTICLE_BYTES).read_until(b'\n', &mut line);
        let is_end = match read {
            Ok(count) => count == 0,
            Err(error) => {
                each(Err(error.into()));
                true
            }
        };
        if is_end || (is_after_blank && line.starts_with(b"From ")) {
            if is_too_large {
                let problem = Problem::TooLarge {
                    size_bytes: MAX_ARTICLE_BYTES + 1,
                    max_bytes: MAX_ARTICLE_BYTES,
                };
                each(Err(Flaw::at(mail_line, problem)));
            } else if !mail.trim_ascii().is_empty() {
                each(ReadArticle::at_line(
                    article(file, &mail, Share::Part),
                    mail_line,
                ));
            }
            if is_end {
                return;
            }
            mail.clear();
            is_too_large = false;
            mail_line = line_number;
            continue;
        }
        is_after_blank = line.trim_ascii().is_empty();
        // `>From` at the head of a line was `From`.
        let quoted = line.iter().take_while(|byte| **byte == b'>').count();
        let is_quoted_from = quoted > 0
            && line
                .get(quoted..)
                .is_some_and(|rest| rest.starts_with(b"From "));
        let kept = line.get(usize::from(is_quoted_from)..).unwrap_or_default();
        is_too_large |=
            u64::try_from(mail.len() + kept.len()).unwrap_or(u64::MAX) > MAX_ARTICLE_BYTES;
        if is_too_large {
            mail = Vec::new();
        } else {
            mail.extend_from_slice(kept);
        }
    }
}

/// Reads the page of an MHTML file.
///
/// # Errors
///
/// Fails where there is no page in it.
pub(crate) fn page_article(file: &ArchiveFile, bytes: &[u8]) -> Result<ReadArticle, Flaw> {
    let message = parsed(bytes)?;
    let page = message.parts.iter().find(|part| part.is_text_html());
    let page = page.ok_or(Problem::NoText)?;
    let decoded = decoded_text(&message, page)?;
    let mut read = page::article(file, &decoded.text)?;
    read.encoding = Some(decoded.encoding);
    read.doubts.splice(..0, decoded.doubts);
    if read.article.url.is_none() {
        let address = message
            .header_raw("Snapshot-Content-Location")
            .or_else(|| page.content_location())
            .map(str::trim);
        read.article.url = address
            .filter(|address| address.starts_with("http"))
            .map(str::to_owned);
    }
    Ok(read)
}

fn parsed(bytes: &[u8]) -> Result<Message<'_>, Flaw> {
    let message = MessageParser::default().parse(bytes);
    message.ok_or_else(|| Problem::NoText.into())
}

/// Decodes the text of a part: as it declares, if the bytes agree.
fn decoded_text(
    message: &Message<'_>,
    part: &MessagePart<'_>,
) -> Result<Decoded<'static>, Problem> {
    let bytes = bytes_of(message, part).unwrap_or_default();
    let content_type = part.content_type();
    let label = content_type.and_then(|content_type| content_type.attribute("charset"));
    let label = label
        .map(str::to_owned)
        .or_else(|| encoding::declared_label(&bytes));
    let hints = Hints {
        declared: label.as_deref(),
        ..Hints::default()
    };
    let decoded = encoding::decode(&bytes, hints)?;
    Ok(Decoded {
        text: decoded.text.into_owned().into(),
        encoding: decoded.encoding,
        doubts: decoded.doubts,
    })
}

/// Returns the bytes of a part before anything made text of them.
fn bytes_of(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    let start = usize::try_from(part.offset_body).ok()?;
    let end = usize::try_from(part.offset_end).ok()?;
    let raw = message.raw_message().get(start..end)?;
    match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    }
}
