package dev.treadle.adapters.lambda;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.util.Map;

/** Lambda's context over ours. What only exists in AWS is empty, never null. */
final class LambdaContext implements Context {
    private final dev.treadle.Context context;

    LambdaContext(dev.treadle.Context context) {
        this.context = context;
    }

    @Override
    public String getAwsRequestId() {
        return context.invocation().id();
    }

    @Override
    public String getLogGroupName() {
        return context.function();
    }

    @Override
    public String getLogStreamName() {
        return context.function() + "/" + getFunctionVersion();
    }

    @Override
    public String getFunctionName() {
        return context.function();
    }

    @Override
    public String getFunctionVersion() {
        return "v" + context.release();
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:treadle:function:" + context.function() + ":" + context.invocation().alias();
    }

    @Override
    public CognitoIdentity getIdentity() {
        return new NoIdentity();
    }

    @Override
    public ClientContext getClientContext() {
        return new NoClient();
    }

    @Override
    public int getRemainingTimeInMillis() {
        return Math.clamp(context.invocation().remaining().toMillis(), 0, Integer.MAX_VALUE);
    }

    /** The whole node's memory: a function has no share of its own. */
    @Override
    public int getMemoryLimitInMB() {
        return Math.clamp(Runtime.getRuntime().maxMemory() >> 20, 0, Integer.MAX_VALUE);
    }

    @Override
    public LambdaLogger getLogger() {
        return new Logger(context.log());
    }

    @Override
    public String getXrayTraceId() {
        return context.invocation().traceparent();
    }

    private record NoIdentity() implements CognitoIdentity {
        @Override
        public String getIdentityId() {
            return "";
        }

        @Override
        public String getIdentityPoolId() {
            return "";
        }
    }

    private record NoClient() implements ClientContext {
        @Override
        public Client getClient() {
            return new NoApp();
        }

        @Override
        public Map<String, String> getCustom() {
            return Map.of();
        }

        @Override
        public Map<String, String> getEnvironment() {
            return Map.of();
        }
    }

    private record NoApp() implements Client {
        @Override
        public String getInstallationId() {
            return "";
        }

        @Override
        public String getAppTitle() {
            return "";
        }

        @Override
        public String getAppVersionName() {
            return "";
        }

        @Override
        public String getAppVersionCode() {
            return "";
        }

        @Override
        public String getAppPackageName() {
            return "";
        }
    }
}
