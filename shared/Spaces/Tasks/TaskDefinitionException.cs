using HsNas.Kernel.Validation;

namespace HsNas.Spaces;

/// <summary>A task name is unknown or a task definition is not usable; names the field and the values it may take.</summary>
public sealed class TaskDefinitionException(string source, string field, string value, string allowed)
    : InvalidInputException(source, field, value, allowed);
