namespace Consultation.Server.Sample;

/// <summary>How the people of a case behave.</summary>
/// <param name="Title">Topic, and title of the matter that somebody handed in.</param>
/// <param name="Text">The matter in its proposer's words.</param>
/// <param name="Place">Where.</param>
/// <param name="Proposer">Who brought it in.</param>
/// <param name="Platform">Log-in name of the platform's head.</param>
/// <param name="Began">Working days before today on which it was handed in.</param>
/// <param name="StandsAt">Activity that nobody answers any more: there the case stands today; null goes on.</param>
internal sealed record SampleCase(
    string Title, string Text, string Place, string Proposer, string Platform, int Began, string? StandsAt = null)
{
    /// <summary>How many of those asked at <see cref="StandsAt"/> have answered.</summary>
    public int Answered { get; init; }

    /// <summary>What became of the items of its problem list.</summary>
    public IReadOnlyList<SampleItem> Items { get; init; } = [];
}

/// <summary>One item of a problem list.</summary>
/// <param name="Advice">What was advised.</param>
/// <param name="Undertaking">Log-in name or name of the contact of the unit that carries it out.</param>
/// <param name="Due">Working days from today until it is to be done; negative when it is late.</param>
/// <param name="Reports">Per cents that the unit reports one after the other; 100 reports it as done.</param>
internal sealed record SampleItem(string Advice, string Undertaking, int Due, params IReadOnlyList<int> Reports);

/// <summary>What the sample organisation has been doing in the past months. Everything is made up.</summary>
internal static class SampleStory
{
    /// <summary>Working days before today on which the ten-week plan began: today lies in its week 6.</summary>
    public const int PlanBegan = 28;

    public const string PlanTitle = "柳林社区电动自行车充电难协商会议（示例）";

    /// <summary>
    /// Time between two reports of a unit. The plan's report each day, though the item opened some minutes later in the
    /// morning than they act on the next.
    /// </summary>
    public static readonly TimeSpan ReportEvery = TimeSpan.FromDays(16), PlanReportEvery = TimeSpan.FromHours(20);

    /// <summary>Working days that a task takes where it is not done the next day.</summary>
    public static readonly IReadOnlyDictionary<string, int> Takes = new Dictionary<string, int>
    {
        ["Research"] = 5,
    };

    /// <summary>Tasks of the plan's meeting that are done the next day, whenever they are due.</summary>
    public static readonly IReadOnlySet<string> Prompt = new HashSet<string>
    {
        "Plan", "Call", "Minutes", "ConfirmMinutes", "CloseMinutes",
    };

    /// <summary>The cases, the longest running first: so their numbers follow the time.</summary>
    public static readonly IReadOnlyList<SampleCase> Cases =
    [
        new("河畔步道夜间照明", "河畔步道晚上没有路灯，老人和孩子不敢走，希望加装照明。（示例）", "河畔街道", "刘女士", "head", 100)
        {
            Items =
            [
                new("沿步道加装六十盏路灯", "contact", -20, 40, 100),
                new("修补破损路面并设置扶手", "朱丽", -25, 60, 100),
            ],
        },
        new("老旧小区加装无障碍设施", "楼门口只有台阶，轮椅和婴儿车进出不便，希望修建坡道和扶手。（示例）", "柳林社区", "周先生", "head", 94)
        {
            Items =
            [
                new("为十二个楼门修建坡道", "contact", 10, 30, 70, 100),
                new("公交站台改造为无障碍站台", "杨帆", -8, 20, 45, 60, 70, 80),
                new("物业建立轮椅借用点", "尤经理", 18),
                new("社区建立上门助行服务", "朱丽", 25, 10, 25, 40, 55, 65, 75),
            ],
        },
        new("菜市场周边摆摊占道", "早市摊位占了非机动车道，上班时间很堵，希望划定经营区。（示例）", "北苑街道", "吴女士", "head2", 32, "SignOff"),
        new("学校门口上下学交通组织", "上下学时段车辆拥堵，孩子过马路不安全，希望错峰并设置等候区。（示例）", "河畔街道", "郑先生", "head", 19, "Meeting"),
        new("社区食堂菜品和价格", "社区食堂菜品少、价格高，老人去得越来越少，希望改进。（示例）", "北苑街道", "王阿姨", "head2", 16, "Call")
        {
            Answered = 2,
        },
        new("社区停车位夜间共享", "小区晚上停车难，旁边写字楼的车位却空着，希望商定夜间共享办法。（示例）", "河畔街道", "何先生", "head", 15, "Plan"),
        new("老年人就医预约难", "网上预约老人不会用，社区医院窗口排队时间长，希望增加人工号源。（示例）", "北苑街道", "陈大爷", "head2", 25, "Research"),
        new("快递柜进小区选址", "快递柜放在哪里意见不一，有的挡住了消防通道，希望协商确定位置。（示例）", "柳林社区", "冯先生", "head", 8, "Research"),
        new("广场舞噪声与活动场地", "晚上广场音响声音大，影响孩子学习，希望商定时间和场地。（示例）", "河畔街道", "孙女士", "head", 4, "CommitteeGate")
        {
            Answered = 1,
        },
        new("口袋公园增设健身器材", "新建的口袋公园没有健身器材，希望按居民意愿增设。（示例）", "北苑街道", "钱先生", "head2", 1, "Screen"),
    ];

    /// <summary>The lines of the plan's implementation plan.</summary>
    public static readonly IReadOnlyList<SampleItem> PlanItems =
    [
        new("在三处空地建设集中充电棚", "contact", 12, 25, 60),
        new("清理楼道内停放和飞线充电", "尤经理", -2, 35),
    ];
}
