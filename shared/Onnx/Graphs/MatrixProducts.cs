namespace HsNas.Onnx.Graphs;

/// <summary>Everything that reads a matrix of weights. Kinds differ in how the matrices are stored and multiplied.</summary>
internal abstract class MatrixProducts
{
    /// <summary>x[..., in] to [..., out].</summary>
    public abstract string Linear(GraphBuilder graph, string x, LinearMap map);

    /// <summary>Rows of a table [rows, width] by their numbers [...]: [..., width].</summary>
    public abstract string Rows(GraphBuilder graph, string numbers, Table table);

    /// <summary>x[R, width] times each row of a table: [R, rows].</summary>
    public abstract string TimesRows(GraphBuilder graph, string x, Table table);

    /// <summary>The table of positions [positions, width], or of those of its rows that <paramref name="pick"/> takes.</summary>
    public abstract string Positions(GraphBuilder graph, Table table, Func<string, string> pick);
}

/// <summary>A table of the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Values">Row by row.</param>
internal sealed record Table(string Name, int Count, int Width, float[] Values);
