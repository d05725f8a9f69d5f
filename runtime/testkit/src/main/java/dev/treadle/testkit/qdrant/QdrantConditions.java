package dev.treadle.testkit.qdrant;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.List;
import java.util.Map;

/** Whether filters let a point pass. */
final class QdrantConditions {
    private QdrantConditions() {}

    static boolean holds(Filter filter, PointStruct point) {
        List<Condition> should = filter.getShouldList();
        return (should.isEmpty() || should.stream().anyMatch(each -> holds(each, point)))
                && filter.getMustList().stream().allMatch(each -> holds(each, point))
                && filter.getMustNotList().stream().noneMatch(each -> holds(each, point));
    }

    private static boolean holds(Condition condition, PointStruct point) {
        return switch (condition.getConditionOneOfCase()) {
            case FIELD ->
                    values(condition.getField().getKey(), point).stream()
                            .anyMatch(value -> holds(condition.getField(), value));
            case IS_EMPTY -> values(condition.getIsEmpty().getKey(), point).isEmpty();
            case HAS_ID -> condition.getHasId().getHasIdList().contains(point.getId());
            case FILTER -> holds(condition.getFilter(), point);
            default -> throw new IllegalStateException("not needed: " + condition);
        };
    }

    /** What is at a path; of a list each. */
    private static List<Value> values(String path, PointStruct point) {
        Map<String, Value> here = point.getPayloadMap();
        String[] keys = path.split("\\.");
        for (int i = 0; i < keys.length - 1; i++) {
            here =
                    here.getOrDefault(keys[i], Value.getDefaultInstance())
                            .getStructValue()
                            .getFieldsMap();
        }
        Value value = here.get(keys[keys.length - 1]);
        if (value == null) {
            return List.of();
        }
        return value.hasListValue() ? value.getListValue().getValuesList() : List.of(value);
    }

    private static boolean holds(FieldCondition condition, Value value) {
        return condition.hasMatch()
                ? matches(condition.getMatch(), value)
                : within(condition.getRange(), value);
    }

    private static boolean matches(Match match, Value value) {
        return switch (match.getMatchValueCase()) {
            case KEYWORD ->
                    value.hasStringValue() && match.getKeyword().equals(value.getStringValue());
            case KEYWORDS ->
                    value.hasStringValue()
                            && match.getKeywords()
                                    .getStringsList()
                                    .contains(value.getStringValue());
            case INTEGER ->
                    value.hasIntegerValue() && match.getInteger() == value.getIntegerValue();
            case BOOLEAN -> value.hasBoolValue() && match.getBoolean() == value.getBoolValue();
            default -> throw new IllegalStateException("not needed: " + match);
        };
    }

    private static boolean within(Range range, Value value) {
        if (!value.hasDoubleValue() && !value.hasIntegerValue()) {
            return false;
        }
        double number = value.hasDoubleValue() ? value.getDoubleValue() : value.getIntegerValue();
        return (!range.hasGte() || number >= range.getGte())
                && (!range.hasLte() || number <= range.getLte());
    }
}
