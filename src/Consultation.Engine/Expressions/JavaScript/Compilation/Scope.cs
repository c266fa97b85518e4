namespace Consultation.Engine.Expressions.JavaScript.Compilation;

/// <summary>How many slots the <see cref="Env"/> of a piece of code has. Grows while the code is compiled.</summary>
internal sealed class Layout(Layout? outer)
{
    public Layout? Outer { get; } = outer;

    public int SlotCount { get; set; }
}

internal enum BindingKind
{
    Var,
    Let,
    Const,
    Self,
}

/// <summary>Where a declared name lives.</summary>
internal sealed class Binding(Layout layout, BindingKind kind, Scope scope)
{
    public Layout Layout { get; } = layout;

    public int Slot { get; } = layout.SlotCount++;

    public BindingKind Kind { get; } = kind;

    public Scope Scope { get; } = scope;

    /// <summary>The code after the declaration is being compiled.</summary>
    public bool Declared { get; set; }

    /// <summary>Some access may come before the declaration and looks first.</summary>
    public bool Checked { get; set; }
}

/// <summary>The names of a block or function while it is compiled.</summary>
internal sealed class Scope(Scope? outer, Layout layout, object function)
{
    public Scope? Outer { get; } = outer;

    public Layout Layout { get; } = layout;

    /// <summary>Identity of the function; names of another function are reached through a closure.</summary>
    public object Function { get; } = function;

    /// <summary>Cases may be entered in the middle, past declarations.</summary>
    public bool IsSwitch { get; init; }

    public Dictionary<string, Binding> Names { get; } = [];

    public Binding? Declare(string name, BindingKind kind)
    {
        if (Names.TryGetValue(name, out var known))
        {
            return known.Kind == BindingKind.Self || (known.Kind == BindingKind.Var && kind == BindingKind.Var)
                ? known.Kind == BindingKind.Self ? Names[name] = new Binding(Layout, kind, this) : known
                : null;
        }

        var binding = new Binding(Layout, kind, this);
        Names.Add(name, binding);
        return binding;
    }

    public (Binding? Binding, int Hops) Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (!scope.Names.TryGetValue(name, out var binding)) continue;
            var hops = 0;
            for (var layout = Layout; layout != binding.Layout; layout = layout!.Outer) hops++;
            return (binding, hops);
        }

        return (null, 0);
    }
}
