using Consultation.Engine.Describing;

namespace Consultation.Api.Descriptors;

/// <summary>
/// The lists that Studio reads once and shows in its drop-downs. Type names are those of the original server, so that
/// files keep their meaning on both; only what this host carries out is listed.
/// </summary>
internal static class StaticLists
{
    private static readonly BilingualText None = BilingualText.Empty;
    private static readonly BilingualText Primitives = new("基本", "Primitives");
    private static readonly BilingualText Lookups = new("字典", "Lookups");
    private static readonly BilingualText Dynamic = new("动态", "Dynamic");
    private static readonly BilingualText Data = new("数据", "Data");

    /// <summary>When a new instance may start (definition option <c>activationStrategyType</c>).</summary>
    public static readonly Strategy[] Activation =
    [
        new("Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core",
            new("总是允许", "Always"), new("任何时候都可启动新实例", "A new instance may start at any time")),
        new("Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime",
            new("单例", "Singleton"), new("同一定义同时只允许一个运行中的实例", "Only one running instance of the definition at a time")),
        new("Elsa.Workflows.Runtime.ActivationValidators.CorrelationStrategy, Elsa.Workflows.Runtime",
            new("按关联唯一", "Correlation"),
            new("同一关联号同时只允许一个运行中的实例，不论定义", "Only one running instance of any definition per correlation id")),
        new("Elsa.Workflows.Runtime.ActivationValidators.CorrelatedSingletonStrategy, Elsa.Workflows.Runtime",
            new("按定义与关联唯一", "Correlated singleton"),
            new("同一定义与关联号同时只允许一个运行中的实例", "Only one running instance per definition and correlation id")),
    ];

    /// <summary>What a fault does to the run.</summary>
    public static readonly Strategy[] Incidents =
    [
        new("Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core",
            new("停在出错处", "Fault"), new("流程停在出错的活动，修正后可重试", "The run stops at the failed activity and can be retried")),
        new("Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core",
            new("记录并继续其他分支", "Continue with incidents"),
            new("其他分支继续，出错的活动等待重试", "Other branches go on; the failed activity waits for a retry")),
    ];

    /// <summary>What of an activity's data the log keeps.</summary>
    public static readonly Strategy[] LogPersistence =
    [
        new("Elsa.Workflows.LogPersistence.Strategies.Inherit, Elsa.Workflows.Core", new("继承", "Inherit"), None),
        new("Elsa.Workflows.LogPersistence.Strategies.Include, Elsa.Workflows.Core", new("记录", "Include"), None),
        new("Elsa.Workflows.LogPersistence.Strategies.Exclude, Elsa.Workflows.Core", new("不记录", "Exclude"), None),
        new("Elsa.Workflows.LogPersistence.Strategies.Configuration, Elsa.Workflows.Core",
            new("按系统配置", "Configuration"), None),
    ];

    /// <summary>Where variables are kept; the first is the default of new ones.</summary>
    public static readonly (string TypeName, BilingualText Name, int Priority, bool Deprecated)[] Storage =
    [
        ("Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core",
            new("随实例保存", "Workflow instance"), 5, false),
        ("Elsa.Workflows.MemoryStorageDriver, Elsa.Workflows.Core", new("仅内存", "Memory"), 0, false),
        ("Elsa.Workflows.Services.WorkflowStorageDriver, Elsa.Workflows.Core",
            new("随实例保存（旧）", "Workflow (old)"), -1, true),
    ];

    /// <summary>Expression types with the editor language that Monaco highlights.</summary>
    public static readonly (string Type, BilingualText Name, bool Browsable, string? Monaco)[] Expressions =
    [
        ("Literal", new("文字", "Literal"), false, null),
        ("Object", new("对象", "Object"), false, "json"),
        ("Variable", new("变量", "Variable"), true, null),
        ("Input", new("输入", "Input"), true, null),
        ("Output", new("输出", "Output"), false, null),
        ("JavaScript", new("JavaScript", "JavaScript"), true, "javascript"),
        ("Liquid", new("Liquid 模板", "Liquid"), true, "liquid"),
    ];

    /// <summary>Types of variables by alias (Elsa's own aliases).</summary>
    public static readonly (string Alias, BilingualText Name, BilingualText Category)[] VariableTypes =
    [
        ("Object", new("任意", "Object"), Primitives),
        ("String", new("文本", "String"), Primitives),
        ("Boolean", new("是/否", "Boolean"), Primitives),
        ("Int32", new("整数", "Int32"), Primitives),
        ("Int64", new("长整数", "Int64"), Primitives),
        ("Single", new("单精度小数", "Single"), Primitives),
        ("Double", new("小数", "Double"), Primitives),
        ("Decimal", new("十进制小数", "Decimal"), Primitives),
        ("Guid", new("标识", "Guid"), Primitives),
        ("DateTime", new("日期时间", "DateTime"), Primitives),
        ("DateTimeOffset", new("日期时间（含时区）", "DateTimeOffset"), Primitives),
        ("TimeSpan", new("时长", "TimeSpan"), Primitives),
        ("StringDictionary", new("文本字典", "String dictionary"), Lookups),
        ("ObjectDictionary", new("对象字典", "Object dictionary"), Lookups),
        ("JSON", new("JSON", "JSON"), Dynamic),
        ("JsonElement", new("JSON 元素", "JsonElement"), Dynamic),
        ("JsonNode", new("JSON 节点", "JsonNode"), Dynamic),
        ("JsonObject", new("JSON 对象", "JsonObject"), Dynamic),
        ("ByteArray", new("字节", "Byte array"), Data),
        ("Stream", new("数据流", "Stream"), Data),
    ];

    /// <summary>A strategy as Studio lists it.</summary>
    public sealed record Strategy(string TypeName, BilingualText DisplayName, BilingualText Description);
}
