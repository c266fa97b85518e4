namespace Consultation.Engine.Expressions.JavaScript.Values;

/// <summary>How much of an object may still change.</summary>
internal enum Integrity
{
    Open,
    NotExtensible,
    Sealed,
    Frozen,
}

/// <summary>
/// An object with named properties. <c>__proto__</c> is a name like any other, and the built-in objects, which all
/// evaluations share, never change: so one script cannot reach another.
/// </summary>
internal class JsObject
{
    private PropertyMap? _properties;

    public JsObject(JsObject? prototype) => Prototype = prototype;

    public JsObject? Prototype { get; init; }

    public Integrity Integrity { get; set; }

    /// <summary>Built in and shared by all evaluations: read only.</summary>
    public bool IsShared { get; init; }

    /// <summary>The word in <c>[object Word]</c>.</summary>
    public virtual string ClassName => "Object";

    protected PropertyMap? Properties => _properties;

    /// <summary>Reads a property, here or from the prototypes.</summary>
    public Val Get(Runtime rt, string key)
    {
        for (var holder = this; holder is not null; holder = holder.Prototype)
        {
            if (holder.TryGetOwn(rt, key, out var value))
            {
                if (value.Ref is not Accessor accessor) return value;
                return accessor.Getter is { } getter ? getter.Call(rt, Val.Of(this), []) : default;
            }
        }

        return default;
    }

    /// <summary>Reads by any value as key.</summary>
    public virtual Val Get(Runtime rt, in Val key) => Get(rt, rt.ToKey(key));

    /// <summary>Writes a property as an assignment does.</summary>
    public virtual void Set(Runtime rt, string key, in Val value)
    {
        if (IsShared) throw rt.TypeError($"The built-in object cannot be changed ({key})");
        var slot = _properties?.Find(key) ?? -1;
        if (slot >= 0)
        {
            ref var current = ref _properties!.ValueAt(slot);
            if (current.Ref is Accessor accessor)
            {
                CallSetter(rt, accessor, key, value);
                return;
            }

            if (Integrity == Integrity.Frozen || (_properties.FlagsAt(slot) & PropertyFlags.Writable) == 0)
            {
                throw rt.TypeError($"The property {key} is read-only");
            }

            current = value;
            return;
        }

        for (var holder = Prototype; holder is { IsShared: false }; holder = holder.Prototype)
        {
            if (holder.TryGetOwn(rt, key, out var inherited) && inherited.Ref is Accessor accessor)
            {
                CallSetter(rt, accessor, key, value);
                return;
            }
        }

        if (Integrity != Integrity.Open) throw rt.TypeError($"The object takes no new property ({key})");
        rt.Allocate(56 + (key.Length * 2));
        (_properties ??= new PropertyMap()).Add(key, value, PropertyFlags.All);
    }

    /// <summary>Writes by any value as key.</summary>
    public virtual void Set(Runtime rt, in Val key, in Val value) => Set(rt, rt.ToKey(key), value);

    /// <summary>Makes or replaces an own property, without setters; for literals and definitions.</summary>
    public virtual void Define(Runtime rt, string key, in Val value, PropertyFlags flags = PropertyFlags.All)
    {
        if (IsShared) throw rt.TypeError($"The built-in object cannot be changed ({key})");
        var slot = _properties?.Find(key) ?? -1;
        if (slot < 0)
        {
            if (Integrity != Integrity.Open) throw rt.TypeError($"The object takes no new property ({key})");
            rt.Allocate(56 + (key.Length * 2));
            (_properties ??= new PropertyMap()).Add(key, value, flags);
            return;
        }

        if (Integrity >= Integrity.Sealed || (_properties!.FlagsAt(slot) & PropertyFlags.Configurable) == 0)
        {
            throw rt.TypeError($"The property {key} cannot be defined again");
        }

        _properties.ValueAt(slot) = value;
        _properties.FlagsAt(slot) = flags;
    }

    /// <summary>Adds a member to a built-in object while the library is set up.</summary>
    public void Install(string key, in Val value, PropertyFlags flags = PropertyFlags.Hidden) =>
        (_properties ??= new PropertyMap()).Add(key, value, flags);

    /// <summary>True if gone or never there.</summary>
    public virtual void Delete(Runtime rt, string key)
    {
        var slot = _properties?.Find(key) ?? -1;
        if (slot < 0) return;
        if (IsShared || Integrity >= Integrity.Sealed || (_properties!.FlagsAt(slot) & PropertyFlags.Configurable) == 0)
        {
            throw rt.TypeError($"The property {key} cannot be deleted");
        }

        rt.Work(_properties.Count);
        _properties.RemoveAt(slot);
    }

    public bool Has(Runtime rt, string key)
    {
        for (var holder = this; holder is not null; holder = holder.Prototype)
        {
            if (holder.TryGetOwn(rt, key, out _)) return true;
        }

        return false;
    }

    /// <summary>An own property; the value may be an <see cref="Accessor"/>.</summary>
    public virtual bool TryGetOwn(Runtime rt, string key, out Val value)
    {
        var slot = _properties?.Find(key) ?? -1;
        value = slot < 0 ? default : _properties!.ValueAt(slot);
        return slot >= 0;
    }

    public virtual PropertyFlags FlagsOf(Runtime rt, string key)
    {
        var slot = _properties?.Find(key) ?? -1;
        if (slot < 0) return PropertyFlags.None;
        var flags = _properties!.FlagsAt(slot);
        if (Integrity >= Integrity.Sealed) flags &= ~PropertyFlags.Configurable;
        return Integrity == Integrity.Frozen ? flags & ~PropertyFlags.Writable : flags;
    }

    /// <summary>The own property names in order.</summary>
    public virtual List<string> Keys(Runtime rt, bool enumerableOnly)
    {
        var keys = _properties?.Keys(enumerableOnly) ?? [];
        rt.Work(keys.Count);
        rt.Allocate(keys.Count * 8);
        return keys;
    }

    /// <summary>Refuses when frozen; for changes of built-in contents such as list items.</summary>
    protected void CheckOpen(Runtime rt)
    {
        if (Integrity == Integrity.Frozen) throw rt.TypeError("The object is frozen and cannot be changed");
    }

    private void CallSetter(Runtime rt, Accessor accessor, string key, in Val value)
    {
        if (accessor.Setter is null) throw rt.TypeError($"The property {key} has no setter");
        accessor.Setter.Call(rt, Val.Of(this), [value]);
    }
}
