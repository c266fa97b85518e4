using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using Consultation.Activities;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.ServerTests.Activities;

/// <summary>Makes assemblies of others that are wrong in one way each, as files in a folder.</summary>
internal sealed class MadeAssembly
{
    private const MethodAttributes StaticGetter =
        MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig | MethodAttributes.SpecialName;

    private static readonly ConstructorInfo Mark = typeof(HoldsActivitiesAttribute).GetConstructor([typeof(int)])!;
    private static readonly MethodInfo TypeGetter = typeof(IDescribedActivity)
        .GetProperty(nameof(IDescribedActivity.Type))!.GetMethod!;
    private readonly PersistedAssemblyBuilder _assembly;
    private readonly ModuleBuilder _module;
    private readonly string _name;

    public MadeAssembly(string name, int? surface = ActivitySurface.Version)
    {
        _name = name;
        _assembly = new PersistedAssemblyBuilder(
            new AssemblyName(name) { Version = new Version(1, 0, 0, 0) }, typeof(object).Assembly);
        if (surface is { } version) _assembly.SetCustomAttribute(new CustomAttributeBuilder(Mark, [version]));
        _module = _assembly.DefineDynamicModule(name);
    }

    /// <summary>An activity of that type name; it may hold a value of a type from elsewhere.</summary>
    public MadeAssembly WithActivity(string typeName, Type? holds = null) =>
        Class(nameof(DescriptionsForTests.Of), typeName, holds);

    /// <summary>An activity that nobody named in English.</summary>
    public MadeAssembly WithChineseOnly(string typeName) => Class(nameof(DescriptionsForTests.ChineseOnly), typeName);

    /// <summary>An activity that fails when it is asked what it is.</summary>
    public MadeAssembly WithFailing(string message) => Class(nameof(DescriptionsForTests.Failing), message);

    /// <summary>A class that is no activity.</summary>
    public MadeAssembly WithClass(string name)
    {
        _module.DefineType($"{_name}.{name}", TypeAttributes.Public | TypeAttributes.Class).CreateType();
        return this;
    }

    /// <summary>Writes the file and says where it is.</summary>
    public string Save(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{_name}.dll");
        _assembly.Save(file);
        return file;
    }

    /// <summary>A type of the saved assembly, for another one to need.</summary>
    public Type Load(string file, string name) =>
        new AssemblyLoadContext(_name).LoadFromAssemblyPath(file).GetType($"{_name}.{name}", throwOnError: true)!;

    private MadeAssembly Class(string describedBy, string argument, Type? holds = null)
    {
        var made = _module.DefineType(
            $"{_name}.Activity{argument.Length}", TypeAttributes.Public | TypeAttributes.Class);
        made.AddInterfaceImplementation(typeof(IDescribedActivity));
        if (holds is not null) made.DefineField("Held", holds, FieldAttributes.Public);
        var getter = made.DefineMethod(
            "get_Type", StaticGetter, typeof(ActivityType), Type.EmptyTypes);
        var code = getter.GetILGenerator();
        code.Emit(OpCodes.Ldstr, argument);
        code.Emit(OpCodes.Call, typeof(DescriptionsForTests).GetMethod(describedBy)!);
        code.Emit(OpCodes.Ret);
        made.DefineMethodOverride(getter, TypeGetter);
        made.CreateType();
        return this;
    }
}

/// <summary>What made activities say of themselves; public, because assemblies outside the tests call it.</summary>
public static class DescriptionsForTests
{
    public static ActivityType Of(string typeName) => Described(typeName, new("测试", "Test"));

    public static ActivityType ChineseOnly(string typeName) => Described(typeName, new("测试", ""));

    public static ActivityType Failing(string message) => throw new InvalidOperationException(message);

    private static ActivityType Described(string typeName, BilingualText name) => new(
        ActivityDescriptorBuilder.Activity(typeName, name.Zh, name.En).Category("测试", "Tests")
            .Description("测试用", "For tests").Build(),
        _ => throw new NotSupportedException("Nobody runs it."));
}
