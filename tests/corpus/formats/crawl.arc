filedesc://a.arc 0.0.0.0 20240505100000 text/plain 68
1 0 Example
URL IP-address Archive-date Content-type Archive-length

https://visti.example/mist 10.0.0.1 20240505100000 text/html 403
HTTP/1.1 200 OK
Content-Type: text/html; charset=windows-1251

<html><head><meta charset=windows-1251><title>Міст відкрито</title><meta property="article:published_time" content="2024-01-02T10:15:00+02:00"></head><body><article><h1>Міст відкрито</h1><p>Новий міст через річку відкрили вранці, і рух автобусів відновили ще до обіду.</p><p>На церемонію прийшли сотні містян.</p></article></body></html>
