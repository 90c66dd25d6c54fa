package io.recupero.source;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An expression that may fail on a row: a struct of its {@code value} and of what Spark says
 * instead, {@code error}.
 *
 * <p>It is evaluated as it stands and not compiled: Spark's compiler takes what several expressions
 * have in common and evaluates it before them, where nothing could catch what it throws.
 */
final class Attempt extends Expression implements CodegenFallback, Serializable {

  private static final long serialVersionUID = 1;

  /** Expressions that cannot fail; the others are tried. */
  private static final Set<String> SAFE =
      Set.of(
          "Alias",
          "And",
          "AttributeReference",
          "CaseWhen",
          "Coalesce",
          "Concat",
          "Contains",
          "ConcatWs",
          "EndsWith",
          "EqualTo",
          "If",
          "In",
          "IsNotNull",
          "IsNull",
          "Like",
          "Literal",
          "Lower",
          "Not",
          "Or",
          "RLike",
          "ScalaUDF",
          "StartsWith",
          "StringTrim",
          "Upper");

  private final Expression child;

  private Attempt(Expression child) {
    this.child = child;
  }

  /** Returns the struct for an expression. */
  static Column of(Column column) {
    return ExpressionUtils.column(of(ExpressionUtils.expression(column)));
  }

  /** Returns the struct for an expression that is resolved. */
  static Expression of(Expression expression) {
    return new Attempt(expression);
  }

  /** Tells whether an expression may fail on a record. */
  static boolean canFail(Expression expression) {
    boolean safe =
        expression instanceof Cast cast
            ? cast.evalMode() == EvalMode.TRY() || cast.dataType().equals(DataTypes.StringType)
            : SAFE.contains(expression.getClass().getSimpleName());
    return !safe
        || CollectionConverters.asJava(expression.children()).stream().anyMatch(Attempt::canFail);
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(child)).toSeq();
  }

  @Override
  public DataType dataType() {
    return new StructType(
        new StructField[] {
          new StructField("value", child.dataType(), true, Metadata.empty()),
          new StructField("error", DataTypes.StringType, true, Metadata.empty())
        });
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public Object eval(InternalRow input) {
    try {
      return new GenericInternalRow(new Object[] {child.eval(input), null});
    } catch (Exception e) { // Scala throws checked ones that it does not declare
      return new GenericInternalRow(
          new Object[] {null, UTF8String.fromString(Attempt.complaint(e))});
    }
  }

  /** Returns the name that Spark has for an error, else its first line. */
  private static String complaint(Exception e) {
    if (e instanceof SparkThrowable spark && spark.getCondition() != null) {
      return spark.getCondition();
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new Attempt(newChildren.head());
  }

  @Override
  public Object productElement(int n) {
    return child;
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof Attempt;
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof Attempt other && child.equals(other.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Attempt.class, child);
  }
}
