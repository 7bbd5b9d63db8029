//! Web addresses, which stay one word.

use crate::query::lexer::lexeme::leading;

/// Returns how many bytes of `rest` are an address of the web; one in parentheses ends before
/// theirs.
pub(crate) fn address_bytes(rest: &str) -> usize {
    let token = leading(rest, |c| !c.is_whitespace() && c != '|');
    let mut open = 0_usize;
    let end = token.char_indices().find(|(_, c)| {
        open += usize::from(*c == '(');
        let is_theirs = *c == ')' && open == 0;
        open = open.saturating_sub(usize::from(*c == ')'));
        is_theirs
    });
    let address = end.and_then(|(at, _)| token.get(..at)).unwrap_or(token);
    if address.contains("://") {
        address.len()
    } else {
        0
    }
}
