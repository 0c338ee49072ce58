using Akka;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;

namespace MhdNet.Tiling.Streams;

/// <summary>An element on its way through the stream: a value for the next stage, or the outcome that ended it early.</summary>
/// <param name="Value">The value; not to be read where there is an outcome.</param>
/// <param name="Ended">The outcome, or null.</param>
internal readonly record struct Step<T>(T Value, Outcome? Ended)
{
    /// <summary>Goes on with a value.</summary>
    public static Step<T> On(T value) => new(value, null);

    /// <summary>Ends with an outcome; the stages after are passed by.</summary>
    public static Step<T> End(Outcome outcome) => new(default!, outcome);

    /// <summary>The next stage, unless the element has ended.</summary>
    public Source<Step<TNext>, NotUsed> Then<TNext>(Func<T, Source<Step<TNext>, NotUsed>> next) =>
        Ended is { } outcome ? Source.Single(Step<TNext>.End(outcome)) : next(Value);
}
