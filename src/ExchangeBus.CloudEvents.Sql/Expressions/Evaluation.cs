namespace ExchangeBus.CloudEvents.Sql.Expressions;

/// <summary>
/// One run over one event. Errors are only counted unless somebody wants to read them, so that a filter that fails on a missing
/// attribute allocates nothing.
/// </summary>
internal struct Evaluation(ICesqlAttributes attributes, bool collects)
{
    /// <summary>How many errors there were. An operator with a part in which one arose gives the zero value of its type.</summary>
    public int ErrorCount { get; private set; }

    public List<CesqlError>? Errors { get; private set; }

    /// <summary>By <see cref="Node.Index"/>, when every step is wanted.</summary>
    public CesqlValue?[]? Steps { get; init; }

    public readonly bool TryGet(string name, out CesqlValue value) => attributes.TryGet(name, out value);

    public void Fail<T>(Func<T, TextSpan, CesqlError> error, T about, TextSpan span)
    {
        ErrorCount++;
        if (collects) (Errors ??= []).Add(error(about, span));
    }
}
