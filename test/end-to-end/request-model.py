"""Checks a request against the model that AWS publishes of the service, as botocore brings it along.

Reads {"service", "operation", "input"} from standard input; fails with what does not fit.
"""

import json
import sys

from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

request = json.load(sys.stdin)
model = ServiceModel(Loader().load_service_model(request["service"], "service-2"))
shape = model.operation_model(request["operation"]).input_shape
report = ParamValidator().validate(request["input"], shape)
if report.has_errors():
    sys.exit(report.generate_report())
