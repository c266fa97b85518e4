namespace Consultation.Engine.Describing;

/// <summary>The names of Studio's editors; each decides which expression Studio stores.</summary>
public static class UIHints
{
    public const string SingleLine = "singleline";
    public const string MultiLine = "multiline";
    public const string CheckBox = "checkbox";
    public const string DropDown = "dropdown";
    public const string CheckList = "checklist";
    public const string RadioList = "radiolist";
    public const string CodeEditor = "code-editor";
    public const string JsonEditor = "json-editor";
    public const string ExpressionEditor = "expression-editor";
    public const string MultiText = "multitext";
    public const string Dictionary = "dictionary";
    public const string DateTimePicker = "datetime-picker";
    public const string VariablePicker = "variable-picker";
    public const string InputPicker = "input-picker";
    public const string OutputPicker = "output-picker";
    public const string OutcomePicker = "outcome-picker";
    public const string TypePicker = "type-picker";
    public const string WorkflowDefinitionPicker = "workflow-definition-picker";
    public const string SwitchEditor = "switch-editor";
    public const string FlowSwitchEditor = "flow-switch-editor";
    public const string HttpStatusCodes = "http-status-codes";
    public const string DynamicOutcomes = "dynamic-outcomes";
}
