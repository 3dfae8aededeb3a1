using ExchangeBus.Intake.Dialects.Names;

namespace ExchangeBus.Tests.Intake.Dialects.Names;

internal sealed class When_tone_marks_come_apart
{
    private const string Composed = "à À ằ Ằ ầ Ầ è È ề Ề ì Ì ò Ò ồ Ồ ờ Ờ ù Ù ừ Ừ ỳ Ỳ ả Ả ẳ Ẳ ẩ Ẩ ẻ Ẻ ể Ể ỉ Ỉ ỏ Ỏ ổ Ổ ở Ở ủ Ủ ử Ử ỷ Ỷ ã Ã ẵ Ẵ ẫ Ẫ ẽ Ẽ ễ Ễ ĩ Ĩ õ Õ ỗ Ỗ ỡ Ỡ ũ Ũ ữ Ữ ỹ Ỹ á Á ắ Ắ ấ Ấ é É ế Ế í Í ó Ó ố Ố ớ Ớ ú Ú ứ Ứ ý Ý ạ Ạ ặ Ặ ậ Ậ ẹ Ẹ ệ Ệ ị Ị ọ Ọ ộ Ộ ợ Ợ ụ Ụ ự Ự ỵ Ỵ ă Ă â Â ê Ê ô Ô ơ Ơ ư Ư";

    // Every letter of Composed in Unicode NFD.
    private const string Decomposed =
        "a\u0300 A\u0300 a\u0306\u0300 A\u0306\u0300 a\u0302\u0300 A\u0302\u0300 e\u0300 E\u0300 e\u0302\u0300 " +
        "E\u0302\u0300 i\u0300 I\u0300 o\u0300 O\u0300 o\u0302\u0300 O\u0302\u0300 o\u031B\u0300 O\u031B\u0300 " +
        "u\u0300 U\u0300 u\u031B\u0300 U\u031B\u0300 y\u0300 Y\u0300 a\u0309 A\u0309 a\u0306\u0309 A\u0306\u0309 " +
        "a\u0302\u0309 A\u0302\u0309 e\u0309 E\u0309 e\u0302\u0309 E\u0302\u0309 i\u0309 I\u0309 o\u0309 O\u0309 " +
        "o\u0302\u0309 O\u0302\u0309 o\u031B\u0309 O\u031B\u0309 u\u0309 U\u0309 u\u031B\u0309 U\u031B\u0309 " +
        "y\u0309 Y\u0309 a\u0303 A\u0303 a\u0306\u0303 A\u0306\u0303 a\u0302\u0303 A\u0302\u0303 e\u0303 E\u0303 " +
        "e\u0302\u0303 E\u0302\u0303 i\u0303 I\u0303 o\u0303 O\u0303 o\u0302\u0303 O\u0302\u0303 o\u031B\u0303 " +
        "O\u031B\u0303 u\u0303 U\u0303 u\u031B\u0303 U\u031B\u0303 y\u0303 Y\u0303 a\u0301 A\u0301 a\u0306\u0301 " +
        "A\u0306\u0301 a\u0302\u0301 A\u0302\u0301 e\u0301 E\u0301 e\u0302\u0301 E\u0302\u0301 i\u0301 I\u0301 " +
        "o\u0301 O\u0301 o\u0302\u0301 O\u0302\u0301 o\u031B\u0301 O\u031B\u0301 u\u0301 U\u0301 u\u031B\u0301 " +
        "U\u031B\u0301 y\u0301 Y\u0301 a\u0323 A\u0323 a\u0323\u0306 A\u0323\u0306 a\u0323\u0302 A\u0323\u0302 " +
        "e\u0323 E\u0323 e\u0323\u0302 E\u0323\u0302 i\u0323 I\u0323 o\u0323 O\u0323 o\u0323\u0302 O\u0323\u0302 " +
        "o\u031B\u0323 O\u031B\u0323 u\u0323 U\u0323 u\u031B\u0323 U\u031B\u0323 y\u0323 Y\u0323 a\u0306 A\u0306 " +
        "a\u0302 A\u0302 e\u0302 E\u0302 o\u0302 O\u0302 o\u031B O\u031B u\u031B U\u031B";

    [Test]
    public void Should_compose_every_letter() => Assert.That(VietnameseLetters.Compose(Decomposed), Is.EqualTo(Composed));

    [Test]
    public void Should_leave_composed_text_as_it_is() => Assert.That(VietnameseLetters.Compose(Composed), Is.EqualTo(Composed));

    [TestCase("a\u0302\u0323", "\u1EAD", TestName = "circumflex before dot")]
    [TestCase("\u00E2\u0323", "\u1EAD", TestName = "dot on a composed circumflex")]
    [TestCase("o\u0301\u031B", "\u1EDB", TestName = "horn after acute")]
    [TestCase("x\u0301", "x\u0301", TestName = "no such letter")]
    [TestCase("\u0301a", "\u0301a", TestName = "mark without letter")]
    public void Should_follow_canonical_order(string text, string expected) => Assert.That(VietnameseLetters.Compose(text), Is.EqualTo(expected));
}
