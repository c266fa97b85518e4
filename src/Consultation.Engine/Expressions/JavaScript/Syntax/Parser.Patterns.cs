namespace Consultation.Engine.Expressions.JavaScript.Syntax;

internal sealed partial class Parser
{
    /// <summary>A name or pattern in a declaration.</summary>
    private Node BindingTarget()
    {
        if (!_token.Is("[") && !_token.Is("{")) return new Name(_token.Start, BindingName("here"));
        Enter();
        var value = _token.Is("[") ? (Node)ArrayLiteral() : ObjectLiteral();
        Leave();
        return ToTarget(value, declaring: true);
    }

    private Node BindingElement()
    {
        var at = _token.Start;
        var target = BindingTarget();
        if (!Take("=")) return target;
        var value = Assignment();
        NameFunction(value, target);
        return new WithDefault(at, target, value);
    }

    /// <summary>
    /// Reads an expression as what it is assigned to. A declaration allows names only, an assignment properties too.
    /// The depth is that of the expression, which the nesting limit bounds already.
    /// </summary>
    private Node ToTarget(Node node, bool declaring)
    {
        switch (node)
        {
            case Name name:
                CheckName(name.Text, name.At);
                if (declaring && name.Bracketed) throw Wrong("A name cannot be in brackets here", name.At);
                return name;
            case Member when !declaring:
                return node;
            case WithDefault part:
                return new WithDefault(part.At, ToTarget(part.Target, declaring), part.Value);
            case Assign { Sign: "" } assign when !assign.Bracketed:
                return new WithDefault(
                    assign.At, declaring ? ToTarget(assign.Target, true) : assign.Target, assign.Value);
            case ArrayNode array when !array.Bracketed:
                return ArrayTarget(array, declaring);
            case ObjectNode map when !map.Bracketed:
                return ObjectTarget(map, declaring);
            case Spread rest when declaring:
                return new Spread(rest.At, ToTarget(rest.Value, declaring));
            case OptionalChain:
                throw Wrong("?. cannot stand on the left of =", node.At);
            default:
                throw Wrong("This cannot be assigned; on the left of = stands a name or a property", node.At);
        }
    }

    private ArrayNode ArrayTarget(ArrayNode array, bool declaring)
    {
        for (var i = 0; i < array.Items.Count; i++)
        {
            var item = array.Items[i];
            if (item is Spread rest)
            {
                if (i < array.Items.Count - 1) throw Wrong("The rest (...) must be the last", rest.At);
                array.Items[i] = new Spread(rest.At, ToTarget(rest.Value, declaring));
            }
            else if (item is not null) array.Items[i] = ToTarget(item, declaring);
        }

        return array;
    }

    private ObjectNode ObjectTarget(ObjectNode map, bool declaring)
    {
        for (var i = 0; i < map.Properties.Count; i++)
        {
            var property = map.Properties[i];
            if (property.Kind is PropertyKind.Get or PropertyKind.Set)
            {
                throw Wrong("A pattern holds names only", property.At);
            }

            if (property.Kind == PropertyKind.Spread && i < map.Properties.Count - 1)
            {
                throw Wrong("The rest (...) must be the last", property.At);
            }

            map.Properties[i] = new PropertyNode
            {
                Kind = property.Kind,
                At = property.At,
                Key = property.Key,
                Computed = property.Computed,
                Value = ToTarget(property.Value, declaring),
            };
        }

        map.DefaultAt = -1;
        return map;
    }
}
