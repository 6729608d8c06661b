using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private readonly Dictionary<string, FieldInfo> fieldsByName = [];
            private bool registered;

            public virtual void register_parameter(string name, Parameter param)
            {
                RequireNewName(name);
                param.DetachFromDisposeScope();
                ownParameters.Add(name, param);
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                RequireNewName(name);
                tensor.DetachFromDisposeScope();
                ownBuffers.Add(name, (tensor, persistent));
            }

            public virtual void register_module(string name, Module submodule)
            {
                RequireNewName(name);
                submodule.RegisterComponents();
                submodules.Add(name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            protected void ClearModules() => submodules.Clear();

            /// <summary>Registers what the instance fields hold, under the names of the fields, base classes included.</summary>
            protected virtual void RegisterComponents()
            {
                if (registered) return;
                registered = true;
                for (var type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                    foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                        Register(field);
            }

            private void Register(FieldInfo field)
            {
                var component = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                if (HasName(component)) return;
                switch (field.GetValue(this))
                {
                    case Module module: register_module(component, module); break;
                    case Parameter parameter: register_parameter(component, parameter); break;
                    case Tensor tensor: register_buffer(component, tensor); break;
                    default: return;
                }
                fieldsByName[component] = field;
            }

            private bool HasName(string component) => submodules.ContainsKey(component) || ownParameters.ContainsKey(component) || ownBuffers.ContainsKey(component);

            private void RequireNewName(string component)
            {
                if (HasName(component)) throw new InvalidOperationException($"'{component}' is already registered in {GetName()}");
            }

            private void Replace(string component, Parameter parameter)
            {
                ownParameters[component] = parameter;
                if (fieldsByName.TryGetValue(component, out var field)) field.SetValue(this, parameter);
            }

            private void Replace(string component, Tensor buffer)
            {
                ownBuffers[component] = (buffer, ownBuffers[component].Persistent);
                if (fieldsByName.TryGetValue(component, out var field)) field.SetValue(this, buffer);
            }

            /// <summary>The parameter as it is now: a move to another type or device replaces the object.</summary>
            internal Parameter? Own(string component) => ownParameters.TryGetValue(component, out var parameter) ? parameter : null;

            internal void SetOwn(string component, Parameter? parameter)
            {
                ownParameters.Remove(component);
                if (parameter is not null) register_parameter(component, parameter);
            }
        }
    }
}
