using Consultation.Engine.Describing;

namespace Consultation.Runtime.Runs;

/// <summary>Why the database cannot be used now. Storage says which, this floor says it to people.</summary>
public enum StoreTrouble
{
    /// <summary>Something that nobody has words for.</summary>
    Unknown,
    /// <summary>Too many write at once.</summary>
    Busy,
    /// <summary>Somebody else publishes the same definition.</summary>
    DefinitionContended,
    /// <summary>The file cannot be written.</summary>
    FileNotWritable,
    /// <summary>The disk fails.</summary>
    FileFailing,
    /// <summary>The file is damaged, or no database.</summary>
    FileDamaged,
    /// <summary>The file cannot be opened.</summary>
    FileNotOpened,
    /// <summary>The disk of this machine is full.</summary>
    DiskFull,
    /// <summary>The server does not answer; the detail is the product's name.</summary>
    ServerUnreachable,
    /// <summary>The server is out of disk or memory.</summary>
    ServerFull,
    /// <summary>The database or its log is full.</summary>
    LogFull,
    /// <summary>The server takes no more connections.</summary>
    TooManyConnections,
    /// <summary>User name or password is wrong.</summary>
    LogInRefused,
    /// <summary>The same, or the database does not exist: the product does not say which.</summary>
    LogInRefusedOrMissing,
    /// <summary>The database does not exist.</summary>
    DatabaseMissing,
    /// <summary>The server starts or stops.</summary>
    ServerStopping,
    /// <summary>A standby.</summary>
    ReadOnly,
    /// <summary>The schema is older than the program.</summary>
    SchemaOld,
    /// <summary>The schema is newer than the program; the detail is the migration that is not known.</summary>
    SchemaNewer,
    /// <summary>The schema is of another build, not newer; the detail is the migration that is not known.</summary>
    SchemaForeign,
    /// <summary>There are tables, but no history that says which schema they have.</summary>
    SchemaUnknown,
}

/// <summary>Says what is wrong with the database and how to mend it. Pure.</summary>
public static class StoreTroubles
{
    /// <summary>The sentence, in both languages.</summary>
    /// <param name="trouble">What is wrong.</param>
    /// <param name="detail">What the trouble's own description names.</param>
    public static BilingualText Words(StoreTrouble trouble, string? detail = null) => trouble switch
    {
        StoreTrouble.Busy => new("数据库繁忙，请稍后再试", "The database is busy; try again in a moment"),
        StoreTrouble.DefinitionContended =>
            new("定义正被他人发布，请重试", "Somebody else is publishing this definition; try again"),
        StoreTrouble.FileNotWritable => new(
            "数据库文件不可写；请检查文件及其目录的权限",
            "The database file cannot be written; check the permissions of the file and its folder"),
        StoreTrouble.FileFailing =>
            new("读写数据库文件出错；请检查磁盘", "Reading or writing the database file failed; check the disk"),
        StoreTrouble.FileDamaged => new(
            "数据库文件已损坏或不是数据库；请用备份恢复", "The database file is damaged or not a database; restore it from a backup"),
        StoreTrouble.FileNotOpened => new(
            "无法打开数据库文件；请检查路径和权限", "The database file cannot be opened; check its path and permissions"),
        StoreTrouble.DiskFull => new("磁盘已满，未保存任何内容；请腾出空间", "The disk is full and nothing was stored; free some space"),
        StoreTrouble.ServerUnreachable => new(
            $"连接不上 {detail}；请检查服务器是否运行、网络和连接字符串",
            $"{detail} cannot be reached; check that the server runs, the network and the connection string"),
        StoreTrouble.ServerFull => new(
            "数据库服务器的磁盘或内存已满，未保存任何内容；请腾出空间",
            "The database server is out of disk or memory and nothing was stored; free some space"),
        StoreTrouble.LogFull => new(
            "数据库或日志空间已满，未保存任何内容；请腾出空间", "The database or its log is full and nothing was stored; free some space"),
        StoreTrouble.TooManyConnections => new(
            "数据库连接数已满；请调大 max_connections 或减少进程",
            "The database takes no more connections; raise max_connections or run fewer processes"),
        StoreTrouble.LogInRefused =>
            new("数据库拒绝登录；请检查用户名和密码", "The database refused the log-in; check user name and password"),
        StoreTrouble.LogInRefusedOrMissing => new(
            "数据库拒绝登录或不存在；请检查用户名、密码和库名",
            "The database refused the log-in or does not exist; check user, password and name"),
        StoreTrouble.DatabaseMissing => new("数据库不存在；请先创建", "The database does not exist; create it first"),
        StoreTrouble.ServerStopping => new("数据库正在停止或启动；请稍候", "The database is stopping or starting; wait a moment"),
        StoreTrouble.ReadOnly =>
            new("数据库为只读（备用节点）；请连接主节点", "The database is read-only (a standby); connect to the primary"),
        StoreTrouble.SchemaOld => new(
            "数据库结构尚未更新；请用本程序启动一次以更新", "The schema is out of date; start this program once to bring it up to date"),
        StoreTrouble.SchemaNewer => new(
            $"数据库由更新版本的程序建立（含 {detail}）；请改用新版本程序，或恢复升级前的备份",
            $"The database belongs to a newer version of the program (it has {detail}); use that version, or restore "
                + "the backup made before the "
                + "upgrade"),
        StoreTrouble.SchemaForeign => new(
            $"数据库由另一个较早的版本建立（含 {detail}），与本程序不相通；请改用建立它的程序，或为本程序另指定一个空库",
            $"The database was made by another, earlier build (it has {detail}) that does not carry over; use the "
                + "program that made it, or name an empty database for this one"),
        StoreTrouble.SchemaUnknown => new(
            "数据库里已有数据表，但没有本程序的升级记录，无法判断是哪个版本；请用完整的备份恢复，或另指定一个空库",
            "The database has tables but no record of this program's upgrades, so nobody can say which version it is; "
                + "restore a complete backup, or name an empty database"),
        _ => new("数据库无法使用；详见日志", "The database cannot be used; see the log"),
    };

    /// <summary>Two wrote the same at the same time, in words that go on a sentence about what was not done.</summary>
    public static readonly BilingualText Contended = new(
        "数据库正忙，或别人同时改了同样的内容", "the database is busy, or somebody changed the same at the same time");
}
