namespace Consultation.Engine.Flowcharts;

/// <summary>When Elsa's explicit join goes on.</summary>
public enum FlowJoinMode
{
    /// <summary>When every inbound connection has been followed.</summary>
    WaitAll,

    /// <summary>When every inbound connection has been decided and at least one was followed.</summary>
    WaitAllActive,

    /// <summary>With the first that is followed; the other branches are cancelled.</summary>
    WaitAny,
}

/// <summary>How a node takes several inbound connections in token mode.</summary>
public enum MergeMode
{
    /// <summary>Not set; as <see cref="Stream"/>.</summary>
    None,

    /// <summary>Goes on once no branch before it is still on its way.</summary>
    Stream,

    /// <summary>Waits for all forward connections.</summary>
    Merge,

    /// <summary>Waits for all connections, loops included.</summary>
    Converge,

    /// <summary>Goes on with the first; later ones are swallowed while their branches run to their end.</summary>
    Cascade,

    /// <summary>Goes on with the first; the other branches are cancelled.</summary>
    Race,
}

/// <summary>Which of Elsa's two ways a flowchart is run.</summary>
public enum FlowchartExecutionMode
{
    /// <summary>The engine's default, which is <see cref="CounterBased"/> as in Elsa 3.8.</summary>
    Default,

    /// <summary>With tokens on connections and merge modes on nodes.</summary>
    TokenBased,

    /// <summary>With visit counters on nodes and connections, and implicit joins.</summary>
    CounterBased,
}
