using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Consultation.Tests.Architecture;

/// <summary>Types and members as one would write them, without what is hidden or made by the compiler.</summary>
internal static class Signature
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Type type)
    {
        var parents = type.GetInterfaces().Where(one => !one.Name.StartsWith("IEquatable", StringComparison.Ordinal))
            .Select(Name).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && !IsPlain(parent)) parents.Insert(0, Name(parent));
        var head = $"{type.Namespace}.{Name(type)}, {Kind(type)}";
        return parents.Count == 0 || type.IsEnum ? head : $"{head} : {string.Join(", ", parents)}";
    }

    public static IEnumerable<string> Members(Type type) =>
        type.GetMembers(Declared).Select(Of).Where(line => line.Length > 0).Order(StringComparer.Ordinal);

    private static bool IsPlain(Type parent) =>
        parent == typeof(object) || parent == typeof(ValueType) || parent == typeof(Enum);

    private static string Kind(Type type)
    {
        if (type.IsEnum) return "enum";
        if (type.IsInterface) return "interface";
        if (type.IsValueType) return "struct";
        if (type is { IsAbstract: true, IsSealed: true }) return "static class";
        var kind = IsRecord(type) ? "record" : "class";
        if (type.IsAbstract) return "abstract " + kind;
        return type.IsSealed ? "sealed " + kind : kind;
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$", Declared) is not null;

    private static string Of(MemberInfo member) => member switch
    {
        FieldInfo field when IsSeen(field) => Of(field),
        PropertyInfo property when property.Name != "EqualityContract" => Of(property),
        ConstructorInfo constructor when IsSeen(constructor) && !IsCopy(constructor) =>
            $"{Access(constructor)}new({Parameters(constructor)})",
        MethodInfo method when IsSeen(method) && !IsMade(method) => Of(method),
        _ => "",
    };

    private static string Of(FieldInfo field)
    {
        if (field.DeclaringType!.IsEnum)
        {
            return $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";
        }

        var value = field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "";
        var access = (field.IsPublic ? "" : "protected ") + (field.IsStatic ? "static " : "");
        return $"{access}{Typed(field.FieldType, Nullability.Create(field))} {field.Name}{value}";
    }

    private static string Of(PropertyInfo property)
    {
        var accessors = property.GetAccessors(true).Where(IsSeen).ToList();
        if (accessors.Count == 0) return "";
        var words = accessors.Select(Word).Order(StringComparer.Ordinal);
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var type = Typed(property.PropertyType, Nullability.Create(property));
        var before = $"{Access(accessors[0])}{required}{Turn(accessors[0])}";
        return $"{before}{type} {property.Name} {{ {string.Join("; ", words)}; }}";
    }

    private static string Word(MethodInfo accessor)
    {
        if (accessor.ReturnType != typeof(void)) return "get";
        var modifiers = accessor.ReturnParameter.GetRequiredCustomModifiers();
        return modifiers.Contains(typeof(IsExternalInit)) ? "init" : "set";
    }

    private static string Of(MethodInfo method)
    {
        var generics = string.Join(", ", method.GetGenericArguments().Select(Name));
        var name = generics.Length > 0 ? $"{method.Name}<{generics}>" : method.Name;
        var type = Typed(method.ReturnType, Nullability.Create(method.ReturnParameter));
        return $"{Access(method)}{Turn(method)}{type} {name}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Of));

    private static string Of(ParameterInfo parameter)
    {
        var value = parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "";
        var type = Typed(parameter.ParameterType, Nullability.Create(parameter));
        return $"{Way(parameter)}{type} {parameter.Name}{value}";
    }

    private static string Way(ParameterInfo parameter)
    {
        if (parameter.IsOut) return "out ";
        if (parameter.ParameterType.IsByRef) return "ref ";
        return parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
    }

    private static bool IsSeen(FieldInfo field) =>
        (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName;

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Turn(MethodInfo method)
    {
        if (method.IsStatic) return "static ";
        if (method.DeclaringType!.IsInterface) return "";
        if (method.GetBaseDefinition() != method) return "override ";
        if (method.IsAbstract) return "abstract ";
        return method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
    }

    private static bool IsCopy(ConstructorInfo constructor) =>
        IsRecord(constructor.DeclaringType!)
        && constructor.GetParameters() is [{ } only] && only.ParameterType == constructor.DeclaringType;

    private static bool IsMade(MethodInfo method) =>
        method.IsSpecialName || method.Name.StartsWith('<') || method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static string Typed(Type type, NullabilityInfo nullability)
    {
        if (type.IsByRef) type = type.GetElementType()!;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        var mark = !type.IsValueType && nullability.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray) return Typed(type.GetElementType()!, nullability.ElementType!) + "[]" + mark;
        var arguments = nullability.GenericTypeArguments;
        if (!type.IsGenericType || arguments.Length != type.GetGenericArguments().Length) return Name(type) + mark;
        return $"{Bare(type)}<{string.Join(", ", type.GetGenericArguments().Zip(arguments, Typed))}>{mark}";
    }

    private static string Name(Type type)
    {
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        var arguments = string.Join(", ", type.GetGenericArguments().Select(Name));
        return arguments.Length > 0 ? $"{Bare(type)}<{arguments}>" : Bare(type);
    }

    private static string Bare(Type type)
    {
        var name = type.Name.Split('`')[0];
        if (type.IsNested && !type.IsGenericParameter) return $"{Bare(type.DeclaringType!)}.{name}";
        if (type.IsEnum) return name;
        return name switch
        {
            "Boolean" => "bool",
            "Int32" => "int",
            "Int64" => "long",
            "Double" or "String" or "Object" or "Void" => name.ToLowerInvariant(),
            _ => name,
        };
    }
}
