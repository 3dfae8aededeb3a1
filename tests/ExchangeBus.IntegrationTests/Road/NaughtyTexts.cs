namespace ExchangeBus.IntegrationTests.Road;

/// <summary>What people, scanners and broken converters put where a name belongs. Whether it is taken or refused, nothing may break.</summary>
internal static class NaughtyTexts
{
    internal static IReadOnlyList<string> All { get; } =
    [
        "", " ", "undefined", "null", "NULL", "(null)", "nil", "true", "0", "-1", "1/0", "NaN", "Infinity", "1e309", "0x0", "1,5", "१२३", "٠١٢", "Không có thông tin",
        "'", "\"", "''", "'; drop table event_log; --", "' or '1'='1", "1; select pg_sleep(10)", "$1", "@Id", "%s%s%n", "%00", "{0}", "{{7*7}}", "${jndi:ldap://127.0.0.1/a}", "#{1+1}",
        "<script>alert('x')</script>", "<img src=x onerror=alert(1)>", "]]>", "<!--", "&lt;b&gt;", "javascript:alert(1)", "../../../../etc/passwd", "C:\\Windows\\win.ini", "file:///etc/passwd",
        "$(touch x)", "`id`", "| cat", "; ls", "\\", "\\\\", "\\u0000", "\\n", "\u0001", "\u0007", "\u001b[31m", "\u007f", "\t", "\r\n", "a\r\nSet-Cookie: x=1",
        "\u200b", "\u00a0", "\u2028", "\u202eABC", "\ufeffAn", "A\u0301", "a\u0309\u0302", "e\u0302\u0301", "\u1ebf", "Nguyễn Thị Ánh", "NGUYỄN", "Y", "Ê Ban", "H'Hen Niê", "K’Brêu", "Đỗ-Lê", "O'Neil",
        "Nguyễn", "NguyÔn V¨n An", "Nguyeãn Vaên An", "Nguyá»…n", "Nguy?n", "\ufffd", "李", "山田太郎", "Владимир", "Ελένη", "محمد", "עִבְרִית", "ไทย", "한국어", "𐐷𐑊", "👶", "👨‍👩‍👧‍👦", "🇻🇳",
        "zalgo z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324", "ﬁ", "Ａｎ", "①", "½", "—", "…", "💩", new string('A', 101), new string('ế', 100), new string('x', 9_999),
    ];
}
