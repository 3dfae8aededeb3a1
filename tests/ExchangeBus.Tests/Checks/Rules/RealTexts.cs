namespace ExchangeBus.Tests.Checks.Rules;

/// <summary>Invented people with real names, and words of real addresses, correctly written.</summary>
internal static class RealTexts
{
    public static string[] Vietnamese { get; } =
    [
        "Nguyễn Văn An", "Trần Thị Hà", "Lê Hoàng Nam", "Phạm Quốc Việt", "Hoàng Thị Tuyết", "Huỳnh Thanh Tâm", "Phan Đình Phùng", "Vũ Thị Hạnh",
        "Võ Văn Kiệt", "Đặng Thuỳ Trâm", "Bùi Thị Xuân", "Đỗ Mười Hai", "Hồ Ngọc Hà", "Ngô Bảo Ngọc", "Dương Văn Minh", "Lý Thường Vinh",
        "Nguyễn Thị Quỳnh Như", "Trương Mỹ Hoa", "Đinh Thị Ưng", "Tạ Bích Loan", "Đoàn Thị Điểm", "Mai Phương Thuý", "Cao Bá Nhạ", "Lương Thế Hiển",
        "Phùng Chí Kiên", "Kiều Oanh", "Thái Thị Lài", "Châu Văn Liêm", "Quách Thị Lan", "Khổng Tú Quỳnh", "Giàng A Páo", "Vàng Thị Mỷ",
        "Sùng Seo Lử", "Lò Văn Giàng", "Hà Văn Giếng", "Triệu Thị Trinh", "Nông Thị Xuyến", "H'Hen Niê", "Y Moan Ênuôl", "Ksor Phước",
        "Xã Hoà Bình, huyện Tuy Phước", "Thị xã Gò Công", "Phường Bến Nghé, Quận 1", "Ấp 3, xã Vĩnh Lộc A", "Thôn Bãi Giữa", "Tổ 5, khu phố Mỹ Hoà",
        "Số 12, ngõ 8, phố Giả Định", "Đường Nguyễn Huệ nối dài", "Chợ Lớn", "Khu đô thị “Đại Thanh” – lô 3…", "Kí túc xá", "khoẻ mạnh, quý mến, thuở xưa, ngoằn ngoèo, khuỷu tay",
        "TRẦN THỊ XÃ”", "THÁI", "Hoà", "HOÀ", "Thuý", "LÝ", "Hà", "Lê", "TÙNG", "Vò", "Tèo", "Quý", "Huế", "Dũng", "Sơn", "Cửu", "Ú", "Ý", "An",
    ];

    /// <summary>The first of them: names of several words.</summary>
    public static string[] Names { get; } = Vietnamese[..35];

    public static string[] Foreign { get; } =
    [
        "José María Núñez", "Mª Carmen Peña", "François Müller", "Zoë Saldaña", "Björk Guðmundsdóttir", "Ångström", "Søren Kierkegård", "Jürgen Größe",
        "Renée Noël", "Anaïs Raïs", "Łukasz Żółć", "Dvořák", "İbrahim Çelik", "Gün Öz", "O’Brien", "D'Angelo", "Jean‑Luc", "Naïm", "Chloé", "André", "RENÉ",
        "MÔNICA", "ÉMILE", "Đặng MÜLLER", "São Paulo", "Côté d’Azur", "Hå", "Ñuñoa", "Gal·la", "Nº 5", "5°C", "½ lô", "100 m²", "Ø 5 cm", "Citroën", "Maël Löw",
        "王小明", "Иван Петров", "علی رضا", "สมชาย", "김철수", "नेहा", "👶", "«Lê»", "(Hà)", "Pokémon®", "©", "Kraków", "Saúl Raúl", "Zürich", "Õunapuu", "Þór",
    ];
}
